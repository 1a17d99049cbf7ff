package certificate

import (
	"embed"
	"io"
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"rsc.io/qr"

	"jastarhub/internal/say"
)

// Noto Sans and Noto Serif, which have the Kazakh letters; their licence is in fonts/OFL.txt.
var (
	//go:embed fonts/NotoSans-Regular.ttf
	sans []byte
	//go:embed fonts/NotoSans-Bold.ttf
	sansBold []byte
	//go:embed fonts/NotoSerif-Regular.ttf
	serif []byte
	//go:embed fonts/NotoSerif-Bold.ttf
	serifBold []byte
)

//go:embed words.json
var wordsFile embed.FS

// words are the words of a printed certificate.
var words = say.Words(wordsFile, "words.json")

// rgb is a colour.
type rgb [3]int

var (
	ink    = rgb{0x1d, 0x2b, 0x33}
	soft   = rgb{0x5b, 0x6b, 0x73}
	line   = rgb{0xd5, 0xdd, 0xe0}
	deep   = rgb{0x0a, 0x5c, 0x50}
	bright = rgb{0xe0, 0xa5, 0x26}
)

// In millimetres, on A4.
const (
	pageWidth, pageHeight = 210.0, 297.0
	margin                = 24.0
	inner                 = pageWidth - 2*margin
	tableEnds             = 232.0 // above the footer
	rowHeight             = 12.5
)

// printed is a certificate on paper.
type printed struct {
	*fpdf.Fpdf
	words map[string]string
	c     *Certificate
	parts []*CertificatePart
	font  *setting
	added map[string]bool // fonts of other scripts, by family
}

// setting is the current font, and whether a letter so far could not be printed.
type setting struct {
	family, style string
	lacks         bool
}

func (p printed) choose(family, style string, size float64) {
	p.font.family, p.font.style = family, style
	p.SetFont(family, style, size)
}

func (p printed) word(key string) string {
	word, known := p.words[key]
	if !known {
		p.SetErrorf("a certificate has no word %q in %s", key, p.c.Language)
	}
	return word
}

// Print writes a certificate as an A4 PDF in its own language. url is the page that verifies it.
func Print(w io.Writer, c *Certificate, parts []*CertificatePart, url string) error {
	p := blank(c, parts)
	p.newPage()
	p.head()
	p.figures()
	p.table()
	if err := p.foot(url); err != nil {
		return err
	}
	return p.Output(w)
}

// blank returns a certificate on which nothing is printed yet.
func blank(c *Certificate, parts []*CertificatePart) printed {
	p := printed{Fpdf: fpdf.New("P", "mm", "A4", ""), words: words[c.Language], c: c, parts: parts, font: &setting{}, added: map[string]bool{}}
	for _, font := range []struct {
		family, style string
		bytes         []byte
	}{{"sans", "", sans}, {"sans", "B", sansBold}, {"serif", "", serif}, {"serif", "B", serifBold}} {
		p.AddUTF8FontFromBytes(font.family, font.style, font.bytes)
	}
	p.SetAutoPageBreak(false, 0)
	p.SetTitle(p.word("title")+" "+c.Number, true)
	p.SetAuthor("Jastar Hub", true)
	p.SetCreationDate(c.IssuedAt)
	p.SetModificationDate(c.IssuedAt)
	return p
}

func (p printed) colour(c rgb) { p.SetTextColor(c[0], c[1], c[2]) }
func (p printed) fill(c rgb)   { p.SetFillColor(c[0], c[1], c[2]) }

// newPage draws a frame, and a row of diamonds, as on felt carpets, at the top.
func (p printed) newPage() {
	p.AddPage()
	p.SetDrawColor(deep[0], deep[1], deep[2])
	p.SetLineWidth(0.6)
	p.Rect(10, 10, pageWidth-20, pageHeight-20, "D")
	p.SetLineWidth(0.15)
	p.Rect(11.6, 11.6, pageWidth-23.2, pageHeight-23.2, "D")
	const step, top = 9.3, 18.0
	for i := range 19 {
		x := 21.3 + float64(i)*step
		p.fill(deep)
		p.diamond(x, top, step/2)
		p.fill(rgb{255, 255, 255})
		p.diamond(x, top, step/2-1.4)
		p.fill(bright)
		p.diamond(x, top, step/2-2.9)
	}
}

func (p printed) diamond(x, y, r float64) {
	p.Polygon([]fpdf.PointType{{X: x - r, Y: y}, {X: x, Y: y - r}, {X: x + r, Y: y}, {X: x, Y: y + r}}, "F")
}

// centred writes a line in the middle, smaller where it would not fit, and returns the size.
func (p printed) centred(family, style string, size, y float64, c rgb, text string) {
	p.choose(family, style, size)
	if width := p.GetStringWidth(text); width > inner {
		p.SetFontSize(size * inner / width)
	}
	p.colour(c)
	p.put(margin, y, inner, 10, "C", text)
}

func (p printed) head() {
	p.centred("serif", "B", 38, 38, deep, p.word("title"))
	p.centred("serif", "", 15, 53, soft, p.word("about"))
	p.centred("sans", "", 11, 73, soft, p.word("given"))
	p.colour(ink)
	p.nameIn(p.c.name(), 90.5, 18)
	p.fill(bright)
	p.Rect(pageWidth/2-16, 101, 32, 0.7, "F")
	p.centred("sans", "", 11, 106, soft, p.word("says"))
}

// figures prints the hours, the number of shifts and the period.
func (p printed) figures() {
	all := []struct{ name, value string }{{p.word("time"), say.Lasted(p.c.Language, p.c.Minutes)}, {p.word("shifts"), strconv.Itoa(p.c.Shifts)},
		{p.word("period"), say.Days(p.c.Language, p.c.From, p.c.To)}}
	widths := []float64{50, 34, inner - 84}
	x := margin
	for i, f := range all {
		p.choose("sans", "", 9)
		p.colour(soft)
		p.SetXY(x, 128)
		p.CellFormat(widths[i], 6, f.name, "", 0, "C", false, 0, "")
		const size, side = 17.0, 3.0
		p.choose("serif", "B", size)
		if width := p.width(f.value); width > widths[i]-2*side {
			p.choose("serif", "B", size*(widths[i]-2*side)/width)
		}
		p.colour(deep)
		p.put(x, 134, widths[i], 10, "C", f.value)
		x += widths[i]
		if i < len(all)-1 {
			p.fill(line)
			p.Rect(x, 128, 0.3, 16, "F")
		}
	}
}

// table prints a row for each team, on further pages if there are many.
func (p printed) table() {
	y := p.tableHead(160)
	for _, part := range p.parts {
		if y+rowHeight > tableEnds {
			p.newPage()
			y = p.tableHead(34)
		}
		p.row(y, part)
		y += rowHeight
	}
}

const datesAt, hoursAt = margin + 82, margin + 126 // where the columns begin

func (p printed) tableHead(y float64) float64 {
	p.choose("sans", "B", 8.5)
	p.colour(soft)
	p.cell(margin, y, datesAt-margin, "L", p.word("team"))
	p.cell(datesAt, y, hoursAt-datesAt, "L", p.word("dates"))
	p.cell(hoursAt, y, margin+inner-hoursAt, "R", p.word("hours"))
	p.fill(deep)
	p.Rect(margin, y+6, inner, 0.4, "F")
	return y + 8
}

func (p printed) cell(x, y, width float64, align, text string) {
	p.put(x, y, width, 5, align, p.fitting(text, width-3))
}

// fitting returns the text, cut where it is too wide.
func (p printed) fitting(text string, width float64) string {
	letters := []rune(text)
	if p.width(text) <= width {
		return text
	}
	for len(letters) > 0 && p.width(string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

func (p printed) row(y float64, part *CertificatePart) {
	name := func(text string) string {
		if text == "" {
			return "…"
		}
		return text
	}
	p.choose("sans", "B", 10.5)
	p.colour(ink)
	p.cell(margin, y, datesAt-margin, "L", name(part.Team.In(p.c.Language)))
	p.cell(hoursAt, y, margin+inner-hoursAt, "R", say.Lasted(p.c.Language, part.Minutes))
	p.choose("sans", "", 9)
	p.colour(soft)
	p.cell(margin, y+5, datesAt-margin, "L", name(part.Ngo.In(p.c.Language)))
	for i, line := range strings.SplitAfter(say.Days(p.c.Language, part.FirstOn, part.LastOn), say.Dash) {
		p.cell(datesAt, y+5*float64(i), hoursAt-datesAt, "L", line)
	}
	p.fill(line)
	p.Rect(margin, y+rowHeight-1.5, inner, 0.2, "F")
}

// foot prints how to verify the certificate.
func (p printed) foot(url string) error {
	code, err := qr.Encode(url, qr.M)
	if err != nil {
		return err
	}
	const top, side = 242.0, 34.0
	module := side / float64(code.Size)
	p.fill(ink)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from { // a run of modules is one rectangle, slightly higher than its row, so that no gaps show
				p.Rect(margin+float64(from)*module, top+float64(y)*module, float64(x-from)*module, module+0.02, "F")
			}
		}
	}
	const left = margin + side + 8
	p.pair(left, top, p.word("number"), p.c.Number)
	p.pair(left+68, top, p.word("issued"), say.DayOf(p.c.Language, p.c.IssuedAt))
	p.choose("sans", "", 9)
	p.colour(soft)
	p.cell(left, top+15, inner, "L", p.word("verify"))
	p.colour(deep)
	p.SetXY(left, top+20)
	p.CellFormat(inner-side-8, 5, p.fitting(url, inner-side-8), "", 0, "L", false, 0, url)
	p.choose("sans", "", 9)
	p.colour(soft)
	p.cell(left+9, top+28.5, inner, "L", p.word("where"))
	p.mark(left, top+27.5, 7)
	if p.font.lacks {
		p.centred("sans", "", 8, 275, soft, p.word("lacking"))
	}
	return nil
}

// mark draws the hub's logo: mountains.
func (p printed) mark(x, y, side float64) {
	p.fill(deep)
	p.RoundedRect(x, y, side, side, side/5, "1234", "F")
	p.SetDrawColor(255, 255, 255)
	p.SetLineWidth(side / 13)
	p.SetLineCapStyle("round")
	p.SetLineJoinStyle("round")
	at := func(ofX, ofY float64) (float64, float64) { return x + ofX*side/64, y + ofY*side/64 }
	p.MoveTo(at(9, 47))
	for _, to := range [][2]float64{{23, 24}, {31, 34}, {43, 16}, {55, 47}} {
		p.LineTo(at(to[0], to[1]))
	}
	p.DrawPath("D")
}

func (p printed) pair(x, y float64, name, value string) {
	p.choose("sans", "", 9)
	p.colour(soft)
	p.cell(x, y, 66, "L", name)
	p.choose("sans", "B", 11)
	p.colour(ink)
	p.cell(x, y+5, 66, "L", value)
}
