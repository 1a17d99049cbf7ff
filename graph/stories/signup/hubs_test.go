package signup

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestTwoHubsOnOneDatabase: people and leads do anything at the same time through two hubs whose workers never rest, and the
// outcome is sound. The leads let time pass, at one hub after the other.
func TestTwoHubsOnOneDatabase(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	hubs := []*hub.Hub{c.Hub, hub.NewOn(t, c.Database)}
	task, first := c.Task(3, 26*time.Hour)
	shifts := []string{first, c.AddShift(task, 2, 27*time.Hour), c.AddShift(task, 2, 50*time.Hour)}
	people := c.Crowd(12)

	ctx, stop := context.WithCancel(context.Background())
	var workers, crowd sync.WaitGroup
	for _, h := range hubs {
		workers.Go(func() { restless(ctx, h) })
	}
	began := time.Now()
	codes := make([]map[string]int, len(people)+2)
	for i := range codes {
		codes[i] = map[string]int{}
	}
	for i, who := range people {
		crowd.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(i), uint64(began.UnixNano())))
			for range 40 {
				codes[i][anything(dice, who.Over(hubs[dice.IntN(2)]), shifts)]++
			}
		})
	}
	for i, h := range hubs {
		crowd.Go(func() {
			dice := rand.New(rand.NewPCG(99, uint64(i)))
			for range 25 {
				shift := shifts[dice.IntN(len(shifts))]
				code := c.Lead.Over(h).Patiently("updateShift", hub.Vars{"id": shift, "capacity": 1 + dice.IntN(5)}, "shift { id }").Code()
				codes[len(people)+i]["lead: "+code]++
				if dice.IntN(3) == 0 {
					pass(hubs, 20*time.Minute)
				}
			}
		})
	}
	crowd.Wait()
	took := time.Since(began)
	c.Sound(t, rested(c, t, hubs), task)

	// The shifts begin while people are still trying.
	for i, who := range people {
		crowd.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(i), 1))
			for range 10 {
				codes[i][anything(dice, who.Over(hubs[i%2]), shifts)]++
			}
		})
	}
	crowd.Go(func() { pass(hubs, 27*time.Hour) })
	crowd.Go(func() {
		c.Lead.Over(hubs[1]).Patiently("cancelShift", hub.Vars{"id": shifts[2], "reason": "Дауыл."}, "shift { id }")
	})
	crowd.Wait()
	c.Sound(t, rested(c, t, hubs), task)
	stop()
	workers.Wait()

	all := map[string]int{}
	for _, of := range codes {
		for code, n := range of {
			all[code] += n
		}
	}
	t.Logf("%d in %s: %v", len(people)*50+50, took.Round(time.Millisecond), all)
	var deadlocks int
	time.Sleep(2 * time.Second) // PostgreSQL counts with a delay of a second
	if err := c.DB.Get(&deadlocks, `select deadlocks from pg_stat_database where datname = current_database()`); err != nil || deadlocks > 0 {
		t.Errorf("%d deadlocks, %v", deadlocks, err)
	}
	for _, h := range hubs {
		if log := h.Log.String(); strings.Contains(log, "ERROR") {
			t.Errorf("%.2000s", log)
		}
	}
}

func pass(hubs []*hub.Hub, time time.Duration) {
	for _, h := range hubs {
		h.Sleep(time)
	}
}

// anything does something that a person may think of, and returns the verb and the answer.
func anything(dice *rand.Rand, who *hub.Caller, shifts []string) string {
	shift := shifts[dice.IntN(len(shifts))]
	mutation, input := "signUp", hub.Vars{"shiftId": shift}
	mine := who.Must(`query($id: ID!) { shift(id: $id) { mySignup { id state } } }`, hub.Vars{"id": shift}).At("shift.mySignup")
	if held, ok := mine.(hub.Vars); ok && dice.IntN(8) > 0 {
		verbs := []string{"cancelSignup", "acceptOffer"}
		if held["state"] == "OFFERED" {
			verbs = []string{"acceptOffer", "declineOffer", "cancelSignup", "acceptOffer"}
		}
		mutation, input = verbs[dice.IntN(len(verbs))], hub.Vars{"id": held["id"]}
	}
	return mutation + ": " + who.Patiently(mutation, input, "signup { id }").Code()
}

// restless runs the worker's jobs without a pause.
func restless(ctx context.Context, h *hub.Hub) {
	for ctx.Err() == nil {
		if err := h.Round(h.Present()); err != nil && ctx.Err() == nil {
			h.T.Errorf("the worker: %v", err)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// rested waits for a whole run of each hub, and returns the moment of it.
func rested(c *hub.City, t *testing.T, hubs []*hub.Hub) (now time.Time) {
	t.Helper()
	now = c.Present()
	for _, h := range hubs {
		if err := h.Round(now); err != nil {
			t.Error(fmt.Errorf("the worker: %w", err))
		}
	}
	return now
}
