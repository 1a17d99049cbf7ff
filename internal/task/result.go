package task

import (
	"fmt"

	"jastarhub/internal/fault"
)

// Metric is something that can be counted.
type Metric string

// Unit is the unit in which a metric is counted.
type Unit string

var units = map[Metric]Unit{"BAGS": "PIECE", "TREES": "PIECE", "ITEMS": "PIECE", "KILOGRAMS": "KILOGRAM",
	"SQUARE_METRES": "SQUARE_METRE", "PEOPLE_HELPED": "PERSON"}

// Unit returns the metric's unit.
func (m Metric) Unit() Unit { return units[m] }

// Result is a measured result.
type Result struct {
	Metric Metric `db:"metric"`
	Amount int    `db:"amount"`
}

// Unit returns the metric's unit.
func (r *Result) Unit() Unit { return r.Metric.Unit() }

// ResultInput is a result as a lead enters it.
type ResultInput struct {
	Metric Metric
	Amount int
	Unit   *Unit
}

// CheckResults refuses impossible amounts, a metric that is counted twice, and a unit other than the metric's.
func CheckResults(c *fault.Check, results []ResultInput) {
	seen := map[Metric]bool{}
	for i, r := range results {
		field := fmt.Sprintf("results.%d.", i)
		c.That(!seen[r.Metric], field+"metric", "must not be given twice")
		c.Between(field+"amount", r.Amount, 1, 1_000_000)
		c.That(r.Unit == nil || *r.Unit == r.Metric.Unit(), field+"unit", "must be "+string(r.Metric.Unit())+", the unit of the metric")
		seen[r.Metric] = true
	}
}

// ResultTotal is the total of a metric over several tasks.
type ResultTotal struct {
	Metric Metric `db:"metric"`
	Amount int    `db:"amount"`
	Tasks  int    `db:"tasks"`
}

// Unit returns the metric's unit.
func (r *ResultTotal) Unit() Unit { return r.Metric.Unit() }
