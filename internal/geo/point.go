// Package geo holds places on the map.
package geo

import (
	"fmt"

	"jastarhub/internal/fault"
)

// Point is a place on the map, WGS 84.
type Point struct {
	Lat float64
	Lon float64
}

// PointInput is a place as a client sends it.
type PointInput = Point

// Check refuses coordinates that are not on Earth; a nil point is fine.
func (p *Point) Check(c *fault.Check, field string) {
	if p == nil {
		return
	}
	within(c, field+".lat", p.Lat, 90)
	within(c, field+".lon", p.Lon, 180)
}

func within(c *fault.Check, field string, degrees float64, most int) {
	if degrees < float64(-most) || degrees > float64(most) {
		c.Refuse(fault.Field(field, fmt.Sprintf("must be from %d to %d", -most, most)).With(fault.Min, -most).With(fault.Max, most))
	}
}

// Columns are a row's point: both are set, or both are null.
type Columns struct {
	Lat *float64 `db:"lat"`
	Lon *float64 `db:"lon"`
}

// ColumnsOf returns the columns of a point that may be nil.
func ColumnsOf(p *Point) Columns {
	if p == nil {
		return Columns{}
	}
	return Columns{Lat: &p.Lat, Lon: &p.Lon}
}

// Point returns the place, or nil.
func (c Columns) Point() *Point {
	if c.Lat == nil || c.Lon == nil {
		return nil
	}
	return &Point{Lat: *c.Lat, Lon: *c.Lon}
}

// NearInput is a circle.
type NearInput struct {
	Point  Point
	Metres int
}

// Check refuses coordinates that are not on Earth, and circles larger than the city.
func (n *NearInput) Check(c *fault.Check, field string) {
	n.Point.Check(c, field+".point")
	c.Between(field+".metres", n.Metres, 1, 50_000)
}
