package task

import (
	"fmt"

	"jastarhub/internal/fault"
)

// Metric is what can be counted.
type Metric string

// Unit is in what a metric is counted.
type Unit string

var units = map[Metric]Unit{"BAGS": "PIECE", "TREES": "PIECE", "ITEMS": "PIECE", "KILOGRAMS": "KILOGRAM",
	"SQUARE_METRES": "SQUARE_METRE", "PEOPLE_HELPED": "PERSON"}

// Unit is the metric's own.
func (m Metric) Unit() Unit { return units[m] }

// Result is a result that was counted.
type Result struct {
	Metric Metric `db:"metric"`
	Amount int    `db:"amount"`
}

// Unit is the metric's.
func (r *Result) Unit() Unit { return r.Metric.Unit() }

// ResultInput is a result as a lead gives it.
type ResultInput struct {
	Metric Metric
	Amount int
	Unit   *Unit
}

// CheckResults refuses amounts that cannot be, a metric counted twice, and another unit than the metric's.
func CheckResults(c *fault.Check, results []ResultInput) {
	seen := map[Metric]bool{}
	for i, r := range results {
		field := fmt.Sprintf("results.%d.", i)
		c.That(!seen[r.Metric], field+"metric", "must be counted once")
		c.Between(field+"amount", r.Amount, 1, 1_000_000)
		c.That(r.Unit == nil || *r.Unit == r.Metric.Unit(), field+"unit", "must be "+string(r.Metric.Unit())+", the metric's own")
		seen[r.Metric] = true
	}
}

// ResultTotal are the results of several tasks.
type ResultTotal struct {
	Metric Metric `db:"metric"`
	Amount int    `db:"amount"`
	Tasks  int    `db:"tasks"`
}

// Unit is the metric's.
func (r *ResultTotal) Unit() Unit { return r.Metric.Unit() }
