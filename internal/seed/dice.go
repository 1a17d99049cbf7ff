package seed

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
)

// dice is repeatable chance: the same seed gives the same city.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 0))} }

// id returns a UUIDv7 of a moment, so that ids are in the order of time, like those that the hub makes.
func (d dice) id(at time.Time) uuid.UUID {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], uint64(at.UnixMilli())<<16|0x7000|d.Uint64N(1<<12))
	binary.BigEndian.PutUint64(id[8:], 1<<63|d.Uint64()>>2)
	return id
}

func (d dice) chance(p float64) bool { return d.Float64() < p }

// within returns a number from least to most, both included.
func (d dice) within(least, most int) int { return least + d.IntN(most-least+1) }

// lasting returns a duration of whole seconds.
func (d dice) lasting(least, most time.Duration) time.Duration {
	return least + time.Duration(d.Int64N(int64((most-least)/time.Second)+1))*time.Second
}

// between returns a moment from from to to; from itself if no time is left.
func (d dice) between(from, to time.Time) time.Time {
	if !to.After(from) {
		return from
	}
	return from.Add(d.lasting(0, to.Sub(from)))
}

func pick[T any](d dice, list []T) T { return list[d.IntN(len(list))] }

// part is a value with its share of a whole.
type part[T any] struct {
	of     T
	weight float64
}

// deal returns n values in the given proportions: counted out, not drawn, so that a small city has the rare ones too.
func deal[T any](n int, parts []part[T]) []T {
	weights := make([]float64, len(parts))
	for i, p := range parts {
		weights[i] = p.weight
	}
	dealt := make([]T, 0, n)
	for i, count := range share(n, weights) {
		for range count {
			dealt = append(dealt, parts[i].of)
		}
	}
	return dealt
}

// share divides n among the weights, without a remainder.
func share(n int, weights []float64) []int {
	var total, sum float64
	for _, w := range weights {
		total += w
	}
	shares, given := make([]int, len(weights)), 0
	for i, w := range weights {
		if total == 0 {
			break
		}
		sum += w
		upTo := int(math.Round(float64(n) * sum / total))
		shares[i], given = upTo-given, upTo
	}
	return shares
}

// draw returns one value, with the weights as chances.
func draw[T any](d dice, parts []part[T]) T {
	var total float64
	for _, p := range parts {
		total += p.weight
	}
	left := d.Float64() * total
	for _, p := range parts {
		if left -= p.weight; left < 0 {
			return p.of
		}
	}
	return parts[len(parts)-1].of
}

// cycle returns the values of a list in turn.
type cycle[T any] struct {
	list []T
	used int
}

func (c *cycle[T]) next() *T {
	c.used++
	return &c.list[(c.used-1)%len(c.list)]
}
