package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/aclements/go-moremath/stats"

	"jastarhub/internal/postgres"
	"jastarhub/internal/seed"
)

const (
	signInDocument = `mutation($in: SignInInput!) { signIn(input: $in) { token } }`
	pairs          = 250 // sign-ins to existing and to unknown accounts that are compared
	crowd          = 200 // sign-ins at once
	watchers       = 4   // who read the task list at the same time
)

// signIns measures the effect of many sign-ins on people who read, and whether a sign-in's time reveals that there is an account.
func signIns(ctx context.Context, db *postgres.DB, hub *server, tasks *requests, lasting time.Duration) error {
	var emails []string
	if err := db.SelectContext(ctx, &emails, `select email from people where password_hash like '$%'
		and not exists (select from grants g where g.person_id = people.id and g.role <> 'NGO_LEAD') order by id limit $1`, pairs); err != nil {
		return err
	}
	if len(emails) < pairs {
		return fmt.Errorf("only %d people have a password", len(emails))
	}
	var done, busy int
	quiet, loud, err := disturbed(ctx, hub.address, tasks, lasting, func(ctx context.Context) error {
		for ctx.Err() == nil {
			ok, refused := burst(hub.address, emails)
			done, busy = done+ok, busy+refused
		}
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Printf("Task list, p99 of %d clients: %.1f ms quiet, %.1f ms while %d sign in at once (%d done, %d answered with BUSY): %.2f times.\n",
		watchers, quiet.percentile(99), loud.percentile(99), crowd, done, busy, loud.percentile(99)/quiet.percentile(99))
	return compareSignIns(hub.address, emails)
}

// burst lets many sign in at the same moment.
func burst(address string, emails []string) (done, busy int) {
	var all sync.WaitGroup
	statuses := make([]int, crowd)
	for i := range statuses {
		all.Go(func() { statuses[i], _ = signInAs(address, emails[i], seed.Password) })
	}
	all.Wait()
	for _, status := range statuses {
		if status == http.StatusServiceUnavailable {
			busy++
		} else if status == http.StatusOK {
			done++
		}
	}
	return done, busy
}

// compareSignIns tries wrong passwords for accounts that exist and that do not, in pairs of changing order.
func compareSignIns(address string, emails []string) error {
	var known, unknown []float64
	for i, email := range emails {
		tries := []struct {
			email string
			took  *[]float64
		}{{email, &known}, {fmt.Sprintf("nobody-%d@example.org", i), &unknown}}
		rand.Shuffle(len(tries), func(a, b int) { tries[a], tries[b] = tries[b], tries[a] })
		for _, try := range tries {
			began := time.Now()
			if _, err := signInAs(address, try.email, "not the password"); err != nil {
				return err
			}
			*try.took = append(*try.took, time.Since(began).Seconds()*1000)
		}
	}
	test, err := stats.MannWhitneyUTest(known, unknown, stats.LocationDiffers)
	if err != nil {
		return err
	}
	slices.Sort(known)
	slices.Sort(unknown)
	fmt.Printf("Refused sign-ins, %d of each: median %.2f ms for a known account, %.2f ms for an unknown one; Mann–Whitney p = %.2f.\n",
		pairs, known[pairs/2], unknown[pairs/2], test.P)
	return nil
}

// signInAs signs in from an address of its own, which the hub learns from its proxy.
func signInAs(address, email, password string) (status int, err error) {
	body, err := json.Marshal(map[string]any{"query": signInDocument,
		"variables": map[string]any{"in": map[string]any{"email": email, "password": password}}})
	if err != nil {
		return 0, err
	}
	request, err := http.NewRequest(http.MethodPost, "http://"+address+"/graphql", bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-Forwarded-For", fmt.Sprintf("100.64.%d.%d", rand.IntN(256), rand.IntN(256)))
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { _ = answer.Body.Close() }()
	_, err = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, err
}
