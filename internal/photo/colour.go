package photo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"io"
	"math"
)

// widen converts the colours of a lossy WebP to the range of image.YCbCr. VP8 uses the range of television, with black at 16 and
// white at 235; Go's type has that of JPEG, from 0 to 255.
func widen(m image.Image) image.Image {
	var planes *image.YCbCr
	switch m := m.(type) {
	case *image.YCbCr:
		planes = m
	case *image.NYCbCrA:
		planes = &m.YCbCr
	default:
		return m
	}
	stretch(planes.Y, 16, 219, 0)
	stretch(planes.Cb, 128, 224, 128)
	stretch(planes.Cr, 128, 224, 128)
	return m
}

// stretch maps values around from, which span that many steps, to 255 steps around to.
func stretch(values []uint8, from, span, to float64) {
	var table [256]uint8
	for i := range table {
		table[i] = uint8(math.Round(min(255, max(0, (float64(i)-from)*255/span+to))))
	}
	for i, v := range values {
		values[i] = table[v]
	}
}

// profile is a colour profile other than the web's: a curve for each of red, green and blue, and the position of each primary.
type profile struct {
	curves [3][256]float64 // linear light, 0 to 1
	matrix [3][3]float64   // from there to the web's linear light
}

// profileOf reads an ICC profile with three primaries and curves, as cameras and phones write it (Display P3, Adobe RGB,
// ProPhoto); nil for any other.
func profileOf(icc []byte) *profile {
	if len(icc) < 132 || string(icc[16:20]) != "RGB " || string(icc[20:24]) != "XYZ " {
		return nil
	}
	p, lights := &profile{}, [3][3]float64{}
	for i, name := range []string{"r", "g", "b"} {
		light, curve := tag(icc, name+"XYZ"), tag(icc, name+"TRC")
		if len(light) < 20 || !readCurve(curve, &p.curves[i]) {
			return nil
		}
		for row := range 3 {
			lights[row][i] = fixed(light[8+4*row:])
		}
	}
	for row := range 3 {
		for column := range 3 {
			for k := range 3 {
				p.matrix[row][column] += fromXYZ[row][k] * lights[k][column]
			}
		}
	}
	return p
}

// fromXYZ converts the colours of a profile to the web's linear light, at the white point of profiles (D50).
var fromXYZ = [3][3]float64{{3.1338561, -1.6168667, -0.4906146}, {-0.9787684, 1.9161415, 0.0334540}, {0.0719453, -0.2289914, 1.4052427}}

func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// tag returns a part of a profile, nil where it is missing or incomplete.
func tag(icc []byte, name string) []byte {
	n := int(binary.BigEndian.Uint32(icc[128:]))
	for list := icc[132:]; n > 0 && len(list) >= 12; n, list = n-1, list[12:] {
		at, size := uint64(binary.BigEndian.Uint32(list[4:])), uint64(binary.BigEndian.Uint32(list[8:]))
		if string(list[:4]) == name && at+size <= uint64(len(icc)) {
			return icc[at : at+size]
		}
	}
	return nil
}

// readCurve reads how values become light: a table, a power, or one of the five formulas of ICC.
func readCurve(b []byte, curve *[256]float64) bool {
	if len(b) < 12 {
		return false
	}
	light := formula(b)
	if string(b[:4]) == "curv" {
		light = points(b)
	}
	if light == nil {
		return false
	}
	for i := range curve {
		curve[i] = min(1, max(0, light(float64(i)/255)))
	}
	return true
}

func points(b []byte) func(float64) float64 {
	n := int(binary.BigEndian.Uint32(b[8:]))
	switch {
	case n == 0:
		return func(x float64) float64 { return x }
	case n < 0 || n > (len(b)-12)/2:
		return nil
	case n == 1:
		power := float64(binary.BigEndian.Uint16(b[12:])) / 256
		return func(x float64) float64 { return math.Pow(x, power) }
	}
	at := func(i int) float64 { return float64(binary.BigEndian.Uint16(b[12+2*i:])) / 65535 }
	return func(x float64) float64 {
		place := x * float64(n-1)
		i := min(int(place), n-2)
		return at(i) + (at(i+1)-at(i))*(place-float64(i))
	}
}

func formula(b []byte) func(float64) float64 {
	kind := int(binary.BigEndian.Uint16(b[8:]))
	counts := []int{1, 3, 4, 5, 7}
	if string(b[:4]) != "para" || kind >= len(counts) || len(b) < 12+4*counts[kind] {
		return nil
	}
	var v [7]float64 // g, a, b, c, d, e, f
	for i := range counts[kind] {
		v[i] = fixed(b[12+4*i:])
	}
	g, a, shift, c, d, e, f := v[0], v[1], v[2], v[3], v[4], v[5], v[6]
	switch kind {
	case 0:
		a, d = 1, math.Inf(-1)
	case 1, 2:
		d, e, f, c = -shift/a, c, c, 0
	}
	return func(x float64) float64 {
		if x >= d {
			return math.Pow(max(0, a*x+shift), g) + e
		}
		return c*x + f
	}
}

// convert converts a picture to the web's colours.
func (p *profile) convert(m *image.RGBA) {
	for i := 0; i+3 < len(m.Pix); i += 4 {
		pixel := m.Pix[i : i+3 : i+3]
		r, g, b := p.curves[0][pixel[0]], p.curves[1][pixel[1]], p.curves[2][pixel[2]]
		for c := range pixel {
			light := p.matrix[c][0]*r + p.matrix[c][1]*g + p.matrix[c][2]*b
			pixel[c] = shown[int(min(1, max(0, light))*(shades-1)+0.5)]
		}
	}
}

const shades = 4096

// shown maps linear light to the values that the web uses.
var shown = func() (table [shades]uint8) {
	for i := range table {
		light := float64(i) / (shades - 1)
		value := 12.92 * light
		if light > 0.0031308 {
			value = 1.055*math.Pow(light, 1/2.4) - 0.055
		}
		table[i] = uint8(math.Round(255 * value))
	}
	return table
}()

var iccBegins = []byte("ICC_PROFILE\x00")

const mostProfile = 1 << 20

// jpegProfile joins the segments of a JPEG that hold its profile.
func jpegProfile(b []byte) (icc []byte) {
	segments(b, func(marker byte, data []byte) bool {
		if after, is := bytes.CutPrefix(data, iccBegins); marker == 0xe2 && is && len(after) > 2 {
			icc = append(icc, after[2:]...)
		}
		return true
	})
	return icc
}

func pngProfile(b []byte) []byte {
	packed := pngChunk(b, "iCCP")
	name := bytes.IndexByte(packed, 0)
	if name < 0 || len(packed) < name+2 {
		return nil
	}
	unpacked, err := zlib.NewReader(bytes.NewReader(packed[name+2:]))
	if err != nil {
		return nil
	}
	icc, _ := io.ReadAll(io.LimitReader(unpacked, mostProfile))
	return icc
}

func webpProfile(b []byte) []byte { return webpChunk(b, "ICCP") }
