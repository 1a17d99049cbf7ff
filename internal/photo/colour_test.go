package photo

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"testing"
)

func near(a, b color.RGBA, most float64) bool {
	for _, d := range []float64{float64(a.R) - float64(b.R), float64(a.G) - float64(b.G), float64(a.B) - float64(b.B)} {
		if math.Abs(d) > most {
			return false
		}
	}
	return true
}

// TestWebPKeepsItsColours: in lossy pictures from a browser, white is white and black is black.
func TestWebPKeepsItsColours(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]color.RGBA{
		"UklGRiYAAABXRUJQVlA4IBoAAAAwAQCdASoIAAgAAMASJaQAA3AA/v7deAAAAA==":                                 {255, 255, 255, 255},
		"UklGRiYAAABXRUJQVlA4IBoAAAAwAQCdASoIAAgAAMASJaQAA3AA/v7uqgAAAA==":                                 {0, 0, 0, 255},
		"UklGRkAAAABXRUJQVlA4IDQAAAAwAgCdASoIAAgAAMASJaACdLoB+AH4AARoAAD++iGX/3easNN39a3/9aOfron+tHP/WVgA": {255, 0, 0, 255},
		"UklGRj4AAABXRUJQVlA4IDIAAADwAQCdASoIAAgAAMASJaACdLoB+AAETAAA/vt7F/+rtvqdP6nT/6u2/8/MvlFXtsAAAA==": {32, 64, 192, 255},
	} {
		sent, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		p, err := read(t.Context(), sent)
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(p.files[0]))
		if err != nil {
			t.Fatal(err)
		}
		if got := color.RGBAModel.Convert(m.At(4, 4)).(color.RGBA); !near(got, want, 4) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

// TestJPEGWithoutItsEnd: the two bytes that mark the end may be missing; a picture of which a part is missing is refused.
func TestJPEGWithoutItsEnd(t *testing.T) {
	t.Parallel()
	sent := encoded(t, corners(64, 48))["JPEG"]
	if _, err := read(t.Context(), sent[:len(sent)-2]); err != nil {
		t.Error(err)
	}
	if _, err := read(t.Context(), sent[:len(sent)-len(sent)/3]); err == nil {
		t.Error("two thirds of a picture are taken for one")
	}
}

// adobe returns a profile of Adobe RGB (1998), as cameras write it.
func adobe() []byte {
	icc := make([]byte, 132, 400)
	copy(icc[16:], "RGB XYZ ")
	fixed := func(x float64) []byte { return binary.BigEndian.AppendUint32(nil, uint32(int32(math.Round(x*65536)))) }
	parts := map[string][]byte{}
	for name, light := range map[string][3]float64{"rXYZ": {0.60974, 0.31111, 0.01947}, "gXYZ": {0.20528, 0.62567, 0.06087}, "bXYZ": {0.14919, 0.06322, 0.74457}} {
		part := []byte("XYZ \x00\x00\x00\x00")
		for _, x := range light {
			part = append(part, fixed(x)...)
		}
		parts[name] = part
	}
	for _, name := range []string{"rTRC", "gTRC", "bTRC"} {
		parts[name] = []byte("curv\x00\x00\x00\x00\x00\x00\x00\x01\x02\x33")
	}
	binary.BigEndian.PutUint32(icc[128:], uint32(len(parts)))
	at, held := 132+12*len(parts), []byte{}
	for name, part := range parts {
		icc = append(icc, name...)
		icc = binary.BigEndian.AppendUint32(icc, uint32(at+len(held)))
		icc = binary.BigEndian.AppendUint32(icc, uint32(len(part)))
		held = append(held, part...)
	}
	return append(icc, held...)
}

// TestProfiles: the web's red, green and blue as Adobe RGB writes them, and a profile of the web's own colours, which changes
// nothing.
func TestProfiles(t *testing.T) {
	t.Parallel()
	web, err := base64.StdEncoding.DecodeString(webProfile)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		icc       []byte
		from, to  color.RGBA
		different float64
	}{
		{adobe(), color.RGBA{219, 0, 0, 255}, color.RGBA{255, 0, 0, 255}, 2}, {adobe(), color.RGBA{144, 255, 60, 255}, color.RGBA{0, 255, 0, 255}, 14},
		{adobe(), color.RGBA{0, 0, 250, 255}, color.RGBA{0, 0, 255, 255}, 3}, {adobe(), color.RGBA{255, 255, 255, 255}, color.RGBA{255, 255, 255, 255}, 1},
		{web, color.RGBA{200, 100, 50, 255}, color.RGBA{200, 100, 50, 255}, 1}, {web, color.RGBA{255, 255, 255, 255}, color.RGBA{255, 255, 255, 255}, 1},
		{web, color.RGBA{3, 9, 1, 255}, color.RGBA{3, 9, 1, 255}, 1},
	} {
		m := image.NewRGBA(image.Rect(0, 0, 1, 1))
		m.SetRGBA(0, 0, c.from)
		p := profileOf(c.icc)
		if p == nil {
			t.Fatal("the profile is not read")
		}
		if p.convert(m); !near(m.RGBAAt(0, 0), c.to, c.different) {
			t.Errorf("%v becomes %v, want %v", c.from, m.RGBAAt(0, 0), c.to)
		}
	}
	for end := range adobe() {
		profileOf(adobe()[:end]) // panics at no length
	}
}

// TestProfilesAreFound in a JPEG, where cameras put them.
func TestProfilesAreFound(t *testing.T) {
	t.Parallel()
	m := image.NewRGBA(image.Rect(0, 0, 16, 16))
	for i := range m.Pix {
		m.Pix[i] = [4]uint8{219, 0, 0, 255}[i%4]
	}
	plain, icc := encoded(t, m)["JPEG"], append([]byte("ICC_PROFILE\x00\x01\x01"), adobe()...)
	segment := append([]byte{0xff, 0xe2, byte((len(icc) + 2) >> 8), byte(len(icc) + 2)}, icc...)
	p, err := read(t.Context(), append(append([]byte("\xff\xd8"), segment...), plain[2:]...))
	if err != nil {
		t.Fatal(err)
	}
	shown, err := jpeg.Decode(bytes.NewReader(p.files[0]))
	if err != nil {
		t.Fatal(err)
	}
	if got := color.RGBAModel.Convert(shown.At(8, 8)).(color.RGBA); !near(got, color.RGBA{255, 0, 0, 255}, 4) {
		t.Errorf("%v", got)
	}
}

const webProfile = "AAAByAAAAAAEMAAAbW50clJHQiBYWVogB+AAAQABAAAAAAAAYWNzcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAPbWAAEAAAAA0y0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAJZGVzYwAAAPAAAAAkclhZWgAAARQAAAAUZ1hZWgAAASgAAAAUYlhZWgAAATwAAAAUd3RwdAAAAVAAAAAUclRSQwAAAWQAAAAoZ1RSQwAAAWQAAAAoYlRSQwAAAWQAAAAoY3BydAAAAYwAAAA8bWx1YwAAAAAAAAABAAAADGVuVVMAAAAIAAAAHABzAFIARwBCWFlaIAAAAAAAAG+iAAA49QAAA5BYWVogAAAAAAAAYpkAALeFAAAY2lhZWiAAAAAAAAAkoAAAD4QAALbPWFlaIAAAAAAAAPbWAAEAAAAA0y1wYXJhAAAAAAAEAAAAAmZmAADypwAADVkAABPQAAAKWwAAAAAAAAAAbWx1YwAAAAAAAAABAAAADGVuVVMAAAAgAAAAHABHAG8AbwBnAGwAZQAgAEkAbgBjAC4AIAAyADAAMQA2"
