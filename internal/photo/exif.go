package photo

import (
	"bytes"
	"encoding/binary"
)

var exifBegins = []byte("Exif\x00\x00")

func jpegExif(b []byte) (exif []byte) {
	segments(b, func(marker byte, data []byte) bool {
		if after, is := bytes.CutPrefix(data, exifBegins); marker == 0xe1 && is {
			exif = after
		}
		return exif == nil
	})
	return exif
}

func pngExif(b []byte) []byte { return pngChunk(b, "eXIf") }

func pngChunk(b []byte, name string) []byte {
	for b = b[8:]; len(b) >= 12; {
		size := int(binary.BigEndian.Uint32(b))
		if size < 0 || size > len(b)-12 {
			return nil
		}
		if string(b[4:8]) == name {
			return b[8 : 8+size]
		}
		b = b[12+size:]
	}
	return nil
}

func webpExif(b []byte) []byte {
	exif, _ := bytes.CutPrefix(webpChunk(b, "EXIF"), exifBegins)
	return exif
}

func webpChunk(b []byte, name string) []byte {
	for b = b[12:]; len(b) >= 8; {
		size := int(binary.LittleEndian.Uint32(b[4:]))
		if size < 0 || size > len(b)-8 {
			return nil
		}
		if string(b[:4]) == name {
			return b[8 : 8+size]
		}
		b = b[min(len(b), 8+size+size%2):]
	}
	return nil
}

// orientation returns how the camera was held, 1 to 8 as in EXIF; 1, upright, where that cannot be read.
func orientation(exif []byte) int {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case len(exif) < 8:
		return 1
	case string(exif[:2]) == "MM":
		order = binary.BigEndian
	}
	at := int(order.Uint32(exif[4:]))
	if at < 8 || at > len(exif)-2 {
		return 1
	}
	const entry, tag, short = 12, 0x0112, 3
	for list := exif[at+2:]; len(list) >= entry; list = list[entry:] {
		if order.Uint16(list) == tag && order.Uint16(list[2:]) == short {
			if o := int(order.Uint16(list[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
	}
	return 1
}
