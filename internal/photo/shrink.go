package photo

import (
	"image"
	"image/draw"
)

// shrink returns a picture in a size that is no larger than its own, on white: each pixel is the mean of the pixels it replaces.
// It needs memory for one row in addition to the picture.
func shrink(from image.Image, w, h int) *image.RGBA {
	of := from.Bounds()
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	row := image.NewRGBA(image.Rect(0, 0, of.Dx(), 1))
	column := make([]int, of.Dx())
	for x := range column {
		column[x] = x * w / of.Dx()
	}
	sums := make([][4]uint64, w) // red, green, blue, and the number of pixels
	for y, next := 0, 0; y < h; y++ {
		clear(sums)
		for ; next < of.Dy() && next*h/of.Dy() == y; next++ {
			draw.Draw(row, row.Rect, image.White, image.Point{}, draw.Src)
			draw.Draw(row, row.Rect, from, image.Pt(of.Min.X, of.Min.Y+next), draw.Over)
			for x, c := range column {
				p, s := row.Pix[4*x:4*x+3:4*x+3], &sums[c]
				s[0], s[1], s[2], s[3] = s[0]+uint64(p[0]), s[1]+uint64(p[1]), s[2]+uint64(p[2]), s[3]+1
			}
		}
		for x, s := range sums {
			p := to.Pix[y*to.Stride+4*x:][:4]
			p[0], p[1], p[2], p[3] = uint8((s[0]+s[3]/2)/s[3]), uint8((s[1]+s[3]/2)/s[3]), uint8((s[2]+s[3]/2)/s[3]), 255
		}
	}
	return to
}

// lying reports whether the picture lies on its side.
func lying(orientation int) bool { return orientation >= 5 }

// upright rotates and mirrors a picture as its orientation says.
func upright(from *image.RGBA, orientation int) *image.RGBA {
	if orientation == 1 {
		return from
	}
	w, h := from.Rect.Dx(), from.Rect.Dy()
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	if lying(orientation) {
		to = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			u, v := x, y
			switch orientation {
			case 2:
				u = w - 1 - x
			case 3:
				u, v = w-1-x, h-1-y
			case 4:
				v = h - 1 - y
			case 5:
				u, v = y, x
			case 6:
				u, v = h-1-y, x
			case 7:
				u, v = h-1-y, w-1-x
			case 8:
				u, v = y, w-1-x
			}
			copy(to.Pix[to.PixOffset(u, v):][:4], from.Pix[from.PixOffset(x, y):][:4])
		}
	}
	return to
}
