package certificate

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/image/font/sfnt"

	"jastarhub/internal/letters"
)

// Fonts for letters that these versions of Noto Sans and Noto Serif lack.
var (
	//go:embed fonts/NotoSansGeorgian-Regular.ttf
	georgian []byte
	//go:embed fonts/NotoSansArmenian-Regular.ttf
	armenian []byte
	//go:embed fonts/NotoSansThai-Regular.ttf
	thai []byte
	//go:embed fonts/NanumSquareR.ttf
	hangul []byte
	//go:embed fonts/DroidSansFallbackFull.ttf
	han []byte // and kana
)

// face is a font and what it can print.
type face struct {
	family string
	bytes  []byte
	parsed func() *sfnt.Font
}

func newFace(family string, of []byte) *face {
	return &face{family, of, sync.OnceValue(func() *sfnt.Font {
		font, err := sfnt.Parse(of)
		if err != nil {
			panic(err) // the embedded fonts are broken
		}
		return font
	})}
}

// has reports whether the font has the character; the PDF library supports none beyond U+FFFF.
func (f *face) has(r rune) bool {
	if r > unicode.MaxRune || r > 0xffff {
		return false
	}
	glyph, err := f.parsed().GlyphIndex(nil, r)
	return err == nil && glyph != 0
}

var (
	own    = map[string]*face{"sans": newFace("sans", sans), "serif": newFace("serif", serif)}
	others = []*face{newFace("georgian", georgian), newFace("armenian", armenian), newFace("thai", thai), newFace("han", han), newFace("hangul", hangul)}
)

// unprintable stands for a letter that no font has, or that would be printed wrongly, because it runs from right to left or takes
// its form from its neighbours.
const unprintable = '□'

// run is a piece of text that is printed in one font.
type run struct {
	face *face // nil for the current font
	text string
}

// runs splits a text by the fonts that print it. Invisible characters are left out; lacks reports whether a letter could not be
// printed.
func runs(family, text string) (all []run, lacks bool) {
	for _, r := range text {
		if letters.Invisible(r) {
			continue
		}
		of, found := faceOf(own[family], r)
		if !found {
			lacks, r = true, unprintable
			of, _ = faceOf(own[family], r)
		}
		if last := len(all) - 1; last >= 0 && all[last].face == of {
			all[last].text += string(r)
		} else {
			all = append(all, run{of, string(r)})
		}
	}
	return all, lacks
}

func faceOf(first *face, r rune) (of *face, found bool) {
	if first.has(r) {
		return nil, true
	}
	for _, f := range others {
		if f.has(r) {
			return f, true
		}
	}
	return nil, false
}

// set selects the font of a run, in the current style and size.
func (p printed) set(f *face, style string) {
	if f == nil {
		p.SetFont(p.font.family, style, 0)
		return
	}
	if !p.added[f.family] {
		p.AddUTF8FontFromBytes(f.family, "", f.bytes)
		p.added[f.family] = true
	}
	p.SetFont(f.family, "", 0)
}

// width returns the width of a text in the current font.
func (p printed) width(text string) (sum float64) {
	all, _ := runs(p.font.family, text)
	for _, r := range all {
		p.set(r.face, p.font.style)
		sum += p.GetStringWidth(r.text)
	}
	p.set(nil, p.font.style)
	return sum
}

// put writes a text at a height, in whichever fonts it needs.
func (p printed) put(x, y, width, height float64, align, text string) {
	switch align {
	case "C":
		x += (width - p.width(text)) / 2
	case "R":
		x += width - p.width(text)
	}
	all, lacks := runs(p.font.family, text)
	p.font.lacks = p.font.lacks || lacks
	for _, r := range all {
		p.set(r.face, p.font.style)
		p.SetXY(x, y)
		wide := p.GetStringWidth(r.text)
		p.CellFormat(wide, height, r.text, "", 0, "L", false, 0, "")
		x += wide
	}
	p.set(nil, p.font.style)
}

// wrapped breaks a text into lines that fit, between words where it can.
func (p printed) wrapped(text string, width float64) (lines []string) {
	line := ""
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' }) {
		if together := strings.TrimSpace(line + " " + word); p.width(together) <= width {
			line = together
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; p.width(line) > width; {
			all := []rune(line)
			fit := len(all) - 1
			for fit > 1 && (p.width(string(all[:fit])) > width || unicode.IsMark(all[fit])) {
				fit--
			}
			lines, line = append(lines, string(all[:fit])), string(all[fit:])
		}
	}
	return append(lines, line)
}

// nameIn writes a name around a height, in as many lines as it needs and as large as fits.
func (p printed) nameIn(text string, middle, height float64) {
	const largest, smallest, leading = 28.0, 7.0, 0.42 // in points; leading is millimetres per point
	for size := largest; ; size-- {
		p.choose("serif", "B", size)
		lines := p.wrapped(text, inner)
		all := float64(len(lines)) * size * leading
		if all > height && size > smallest {
			continue
		}
		for i, line := range lines {
			p.put(margin, middle-all/2+float64(i)*size*leading, inner, size*leading, "C", line)
		}
		return
	}
}
