package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"slices"

	"golang.org/x/image/webp"

	"jastarhub/internal/fault"
)

// The limits on a picture.
const (
	MostBytes  = 8 << 20
	mostPixels = 40_000_000
	mostSide   = 20_000
	mostMemory = 256 << 20 // for all pictures that are decoded at the same time
)

// format is one of the accepted formats.
type format struct {
	begins  func(b []byte) bool
	config  func(io.Reader) (image.Config, error)
	decode  func(io.Reader) (image.Image, error)
	weighs  func(b []byte, c image.Config) float64 // bytes per pixel while it is decoded, 0 where that is unknown
	aboutIt func(b []byte) []byte                  // returns its EXIF
	colours func(b []byte) []byte                  // returns its ICC profile
}

var formats = []format{
	{func(b []byte) bool { return bytes.HasPrefix(b, []byte("\xff\xd8\xff")) }, jpeg.DecodeConfig, decodeJPEG, jpegWeight, jpegExif, jpegProfile},
	{func(b []byte) bool { return bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")) }, png.DecodeConfig, png.Decode, pngWeight, pngExif, pngProfile},
	{func(b []byte) bool { return len(b) > 16 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP" }, webp.DecodeConfig, decodeWebP, webpWeight, webpExif, webpProfile},
}

// decodeJPEG also reads a picture whose last two bytes, which mark its end, are missing.
func decodeJPEG(r io.Reader) (image.Image, error) {
	return jpeg.Decode(io.MultiReader(r, bytes.NewReader([]byte("\xff\xd9"))))
}

func decodeWebP(r io.Reader) (image.Image, error) {
	m, err := webp.Decode(r)
	if err != nil {
		return nil, err
	}
	return widen(m), nil
}

// isHEIC reports whether the picture is in the format of iPhones, or in AVIF, which is as new.
func isHEIC(b []byte) bool {
	return len(b) > 12 && string(b[4:8]) == "ftyp" && slices.Contains([]string{"heic", "heix", "heim", "heis", "hevc", "mif1", "msf1", "avif", "avis"}, string(b[8:12]))
}

// WrongType refuses a picture by the media type that its sender declares.
func WrongType(kind string) error {
	if kind == "image/heic" || kind == "image/heif" || kind == "image/avif" {
		return wrongFormat(heic)
	}
	return wrongFormat("Send the picture itself, as image/jpeg, image/png or image/webp.")
}

const heic = "Pictures in HEIC or AVIF cannot be read here. Choose a JPEG, PNG or WebP; an iPhone takes JPEG where its camera is set to the most compatible format."

func wrongFormat(text string) error {
	return &fault.Fault{Code: fault.PhotoFormat, Field: "file", Text: text}
}

// formatOf returns the format that the bytes have, whatever is declared.
func formatOf(b []byte) *format {
	for i := range formats {
		if formats[i].begins(b) {
			return &formats[i]
		}
	}
	return nil
}

// jpegWeight is high for progressive pictures, because all their coefficients are kept until the end.
func jpegWeight(b []byte, _ image.Config) (weight float64) {
	segments(b, func(marker byte, data []byte) bool {
		if marker < 0xc0 || marker > 0xc2 || len(data) < 6 {
			return true
		}
		samples, most := 0, 1
		for i := 6; i+2 < len(data); i += 3 {
			n := int(data[i+1]>>4) * int(data[i+1]&15)
			samples, most = samples+n, max(most, n)
		}
		weight = float64(samples) / float64(most)
		if data[5] == 4 { // inks are inverted in a copy
			weight *= 2
		}
		if marker == 0xc2 {
			weight *= 5
		}
		return false
	})
	return weight
}

// pngWeight counts an interlaced picture twice, because it is put together from passes.
func pngWeight(b []byte, c image.Config) float64 {
	weight := 4.0
	switch c.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model:
		weight = 8
	case color.Gray16Model:
		weight = 2
	}
	if len(b) > 28 && b[28] != 0 {
		weight *= 2
	}
	return weight
}

// webpWeight is the weight of a picture with transparency.
func webpWeight([]byte, image.Config) float64 { return 6 }

// segments visits the parts of a JPEG up to its first scan, until see returns false. Like image/jpeg it skips whatever is between
// parts.
func segments(b []byte, see func(marker byte, data []byte) bool) {
	for b = b[2:]; len(b) >= 4; {
		if b[0] != 0xff || b[1] == 0xff || b[1] == 0 || b[1] >= 0xd0 && b[1] <= 0xd7 {
			b = b[1:]
			continue
		}
		marker, size := b[1], int(b[2])<<8|int(b[3])
		if marker == 0xda || marker == 0xd9 || size < 2 || size+2 > len(b) || !see(marker, b[4:size+2]) {
			return
		}
		b = b[size+2:]
	}
}
