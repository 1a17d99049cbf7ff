package notice

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/grant"
	"jastarhub/internal/notice"
	"jastarhub/internal/outbox"
)

// telling is what a kind of notice is about while it is true for a person, and what ends that; "" if it stays true. In ends, $1
// is the subject and $2 the person.
type telling struct {
	put  func(w *hub.World, who *hub.Caller) (of notice.NoticeSubject, id string, details notice.Details)
	ends string
}

const (
	leadNoMore       = `update memberships set role = 'MEMBER' where $1::text <> '' and person_id = $2`
	coordinateNoMore = `update grants set ended_at = now() where $1::text <> '' and person_id = $2`
	followNoMore     = `update supports set withdrawn_at = now() where $1::text <> '' and person_id = $2`
	comesNoMore      = `update signups set state = 'CANCELLED', offer_expires_at = null where shift_id = $1::uuid and person_id = $2`
)

// tellings has one for each kind.
var tellings = map[string]telling{
	"PROPOSAL_NEW":         {coordinated("PROPOSAL", "SUBMITTED", ""), coordinateNoMore},
	"PROPOSAL_OVERDUE":     {coordinated("PROPOSAL", "SUBMITTED", `update proposals set react_by = now() - interval '1 hour' where id = $1`), `update proposals set state = 'IN_REVIEW' where id = $1::uuid and $2::text <> ''`},
	"PROPOSAL_MOVED":       {followed("PROPOSAL", "IN_REVIEW"), followNoMore},
	"PROPOSAL_MERGED":      {followed("PROPOSAL", "MERGED"), followNoMore},
	"PROPOSAL_INFO_WANTED": {authoredBy, `update proposals set state = 'IN_REVIEW', question = null, asked_at = null where id = $1::uuid and $2::text <> ''`},
	"TASK_FROM_PROPOSAL":   {followed("TASK", "OPEN"), followNoMore},
	"TASK_TO_VERIFY":       {coordinated("TASK", "CLAIMED_DONE", ""), `update tasks set state = 'VERIFIED', verified_at = now() where id = $1::uuid and $2::text <> ''`},
	"TASK_VERIFIED":        {led("TASK", "VERIFIED"), leadNoMore},
	"TASK_SENT_BACK": {led("TASK", "IN_PROGRESS"), `with over as (update shifts set state = 'CANCELLED', cancel_reason = 'Rain.' where task_id = $1::uuid)
		update tasks set state = 'CLAIMED_DONE', claimed_by = $2 where id = $1::uuid`},
	"TASK_DISPUTED":  {led("TASK", "IN_PROGRESS"), leadNoMore},
	"TASK_CANCELLED": {led("TASK", "CANCELLED"), leadNoMore},

	"SIGNUP_CONFIRMED": {signedUp("CONFIRMED"), comesNoMore},
	"SEAT_OFFERED":     {signedUp("OFFERED"), `update signups set state = 'CONFIRMED', offer_expires_at = null where shift_id = $1::uuid and person_id = $2`},
	"OFFER_EXPIRED":    {signedUp("EXPIRED"), `update signups set state = 'WAITLISTED' where shift_id = $1::uuid and person_id = $2`},
	"OFFER_WITHDRAWN":  {signedUp("WAITLISTED"), comesNoMore},
	"SEATS_LATE":       {signedUp("WAITLISTED"), comesNoMore},
	"SHIFT_CHANGED":    {later, comesNoMore},
	"SHIFT_CANCELLED":  {signedUp("CANCELLED"), ""},
	"SHIFT_TOMORROW":   {signedUp("CONFIRMED"), `update shifts set starts_at = starts_at + interval '1 hour' where id = $1::uuid and $2::text <> ''`},
	"SHIFT_TODAY":      {signedUp("CONFIRMED"), comesNoMore},
	"CONSENT_ANSWERED": {consented, `update consents set state = 'WITHDRAWN', revoked_at = now() where id = $1::uuid and $2::text <> ''`},

	"MEMBERSHIP_REQUESTED": {requested, `update memberships set state = 'WITHDRAWN', expires_at = null, ended_at = now() where team_id = $1::uuid and state = 'REQUESTED' and $2::text <> ''`},
	"MEMBERSHIP_INVITED":   {invitedInto, `update memberships set state = 'WITHDRAWN', expires_at = null, ended_at = now() where team_id = $1::uuid and person_id = $2`},
	"MEMBERSHIP_ANSWERED":  {led("TEAM", "INVITATION_ACCEPTED"), leadNoMore},
	"MEMBERSHIP_ENDED":     {led("TEAM", "INVITATION_EXPIRED"), leadNoMore},

	"HOURS_ANSWERED":      {led("TASK", "IN_PROGRESS"), ""},
	"CERTIFICATE_REVOKED": {led("TASK", "IN_PROGRESS"), ""},
}

func coordinated(of, state, more string) func(*hub.World, *hub.Caller) (notice.NoticeSubject, string, notice.Details) {
	return func(w *hub.World, who *hub.Caller) (notice.NoticeSubject, string, notice.Details) {
		w.Grant(who, grant.Coordinator, "AUEZOV-1")
		id := putTold(w, of, state)
		if more != "" {
			w.Exec(more, id)
		}
		return notice.NoticeSubject(of), id, notice.Details{}
	}
}

func putTold(w *hub.World, of, state string) string {
	if of == "TASK" {
		return w.PutTask(state)
	}
	return w.PutProposal(state)
}

func followed(of, state string) func(*hub.World, *hub.Caller) (notice.NoticeSubject, string, notice.Details) {
	return func(w *hub.World, who *hub.Caller) (notice.NoticeSubject, string, notice.Details) {
		id := putTold(w, of, state)
		w.Exec(`insert into supports (id, proposal_id, person_id, given_at) values (gen_random_uuid(), coalesce((select proposal_id from tasks where id = $1), $1), $2, now())`,
			hub.RowID(id), who.ID)
		return notice.NoticeSubject(of), id, notice.Details{}
	}
}

func authoredBy(w *hub.World, who *hub.Caller) (notice.NoticeSubject, string, notice.Details) {
	id := w.PutProposal("NEEDS_INFO")
	w.Exec(`update proposals set author_id = $2 where id = $1`, id, who.ID)
	return notice.OfProposal, id, notice.Details{}
}

// led is about a task, or a step of a team, that the person leads.
func led(of, state string) func(*hub.World, *hub.Caller) (notice.NoticeSubject, string, notice.Details) {
	return func(w *hub.World, who *hub.Caller) (notice.NoticeSubject, string, notice.Details) {
		w.Enrol(who, w.Team, "LEAD")
		if of == "TEAM" {
			return notice.OfTeam, w.Team, notice.Details{Step: state}
		}
		return notice.OfTask, w.PutTask(state), notice.Details{}
	}
}

func signedUp(state string) func(*hub.World, *hub.Caller) (notice.NoticeSubject, string, notice.Details) {
	return func(w *hub.World, who *hub.Caller) (notice.NoticeSubject, string, notice.Details) {
		shift := w.PutShift(w.PutTask("OPEN"), "70 hours", 2)
		w.PutSignup(who, shift, state)
		w.Exec(`update signups set offer_expires_at = now() + interval '60 hours' where shift_id = $1 and state = 'OFFERED'`, shift)
		var starts time.Time
		if err := w.DB.Get(&starts, `select starts_at from shifts where id = $1`, shift); err != nil {
			w.T.Fatal(err)
		}
		return notice.OfShift, shift, notice.Details{When: &starts}
	}
}

// later is a shift that the person comes to and that begins an hour later than planned.
func later(w *hub.World, who *hub.Caller) (notice.NoticeSubject, string, notice.Details) {
	of, shift, details := signedUp("CONFIRMED")(w, who)
	from := func(d time.Duration) *time.Time { return new(details.When.Add(d)) }
	details.Was, details.Is = &notice.Facts{StartsAt: from(-time.Hour), EndsAt: from(time.Hour)}, &notice.Facts{StartsAt: from(0), EndsAt: from(2 * time.Hour)}
	return of, shift, details
}

func consented(w *hub.World, who *hub.Caller) (notice.NoticeSubject, string, notice.Details) {
	return "CONSENT", w.PutConsent(who.ID, "PHOTO", "GIVEN", "", ""), notice.Details{Step: "GIVEN", Scopes: []string{"PHOTO"}}
}

// requested is a team that the person leads and somebody asks to join.
func requested(w *hub.World, who *hub.Caller) (notice.NoticeSubject, string, notice.Details) {
	team := w.PutTeam()
	w.Enrol(who, team, "LEAD")
	w.Crowd(1)[0].Do("requestMembership", hub.Vars{"teamId": team}, "membership { id }")
	return notice.OfTeam, team, notice.Details{}
}

func invitedInto(w *hub.World, who *hub.Caller) (notice.NoticeSubject, string, notice.Details) {
	team := w.PutTeam()
	w.Exec(`insert into memberships (id, team_id, person_id, role, state, created_at, expires_at)
		values (gen_random_uuid(), $1, $2, 'MEMBER', 'INVITED', now(), now() + interval '10 days')`, team, who.ID)
	return notice.OfTeam, team, notice.Details{}
}

// between are what may happen between the news and the message, including nothing.
var between = []string{"nothing", "it ends", "suspended", "erased", "wants none", "read"}

// TestALetterIsAskedForWhenItIsMade tells every kind of notice, lets one thing happen, and only then makes the messages, by
// email, by Telegram and for the daily email: nobody is sent what is no longer true, or no longer wanted.
func TestALetterIsAskedForWhenItIsMade(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	w.Exec(`delete from outbox`)
	want := map[string][]string{}
	for _, kind := range hub.Schema().Types["NoticeKind"].EnumValues {
		of, there := tellings[kind.Name]
		if !there {
			t.Errorf("%s is not tried", kind.Name)
			continue
		}
		for _, email := range []string{"ALL", "DAILY"} {
			for i, who := range w.Crowd(len(between)) {
				w.Exec(`insert into notice_preferences (person_id, topic, email, telegram) select $1, t, $2, true from unnest($3::text[]) t`,
					who.ID, email, topics())
				w.PutLink(who)
				needed := happens(w, kind.Name, of, who, between[i])
				if between[i] == "nothing" || between[i] == "it ends" && of.ends == "" {
					mail := map[bool]string{true: "EMAIL", false: "DAY"}[needed || email == "ALL"]
					want[who.ID] = []string{mail + " " + kind.Name, "TELEGRAM " + kind.Name}
				}
			}
		}
	}
	compareLetters(w, want)
}

func topics() string {
	var all []string
	for _, v := range hub.Schema().Types["NoticeTopic"].EnumValues {
		all = append(all, v.Name)
	}
	return "{" + strings.Join(all, ",") + "}"
}

// happens tells somebody a kind, and then lets something happen. It reports whether an email is due at once.
func happens(w *hub.World, kind string, of telling, who *hub.Caller, what string) (needed bool) {
	w.T.Helper()
	subject, id, details := of.put(w, who)
	news := notice.News{Kind: notice.NoticeKind(kind), About: notice.Subject{Type: subject, ID: hub.RowID(id)}, Details: details}
	w.Exec(`delete from outbox where person_id = $1`, who.ID)
	w.Exec(`delete from notices where person_id = $1`, who.ID)
	err := w.DB.Tx(w.T.Context(), func(tx *sqlx.Tx) error {
		return notice.Tell(w.T.Context(), tx, nil, w.Present(), news, notice.People(hub.RowID(who.ID)))
	})
	if err != nil {
		w.T.Fatalf("%s: %v", kind, err)
	}
	needed = w.Count(`select count(*) from notices where person_id = $1 and digest_at is null`, who.ID) == 1
	switch what {
	case "it ends":
		if of.ends != "" {
			w.Exec(of.ends, id, who.ID)
		}
	case "suspended":
		w.Exec(`update people set suspended_id = $1 where id = $2`, w.Decided("SUSPEND", "PERSON", who.ID, "IN_FORCE", nil, nil, nil, who.ID), who.ID)
	case "erased":
		w.Exec(`update people set erased_at = now(), email = null, password_hash = null, given_name = '', family_name = '', birth_date = null, email_verified_at = null,
			language = 'KK' where id = $1`, who.ID)
	case "wants none":
		w.Exec(`update notice_preferences set email = 'NONE', telegram = false where person_id = $1`, who.ID)
	case "read":
		w.Exec(`update notices set read_at = now() where person_id = $1`, who.ID)
	}
	return needed
}

// compareLetters makes the messages of all channels, and the daily emails, and expects exactly these.
func compareLetters(w *hub.World, want map[string][]string) {
	w.T.Helper()
	got, channel := map[string][]string{}, ""
	carry := func(_ context.Context, letters []*outbox.Letter) {
		for _, l := range letters {
			kind := string(l.Kind)
			if kind == "NOTICES_OF_THE_DAY" {
				kind = w.Text(`select kind from notices where person_id = $1`, l.PersonID.UUID)
			}
			got[l.PersonID.UUID.String()] = append(got[l.PersonID.UUID.String()], channel+" "+kind)
		}
	}
	send := func(name string, of outbox.Channel, now time.Time) {
		channel = name
		if err := w.Sender(of, carry).Send(w.T.Context(), now); err != nil {
			w.T.Fatal(err)
		}
	}
	noon := w.Noon()
	send("EMAIL", outbox.Email, noon)
	send("TELEGRAM", outbox.Telegram, noon)
	evening := outbox.Next(noon, 18)
	if err := w.Resolver.Notices.Collect(w.T.Context(), evening); err != nil {
		w.T.Fatal(err)
	}
	send("DAY", outbox.Email, evening)
	if len(want) < 50 {
		w.T.Errorf("only %d people are told", len(want))
	}
	for who, letters := range want {
		slices.Sort(got[who])
		if slices.Sort(letters); fmt.Sprint(got[who]) != fmt.Sprint(letters) {
			w.T.Errorf("sent %v, want %v", got[who], letters)
		}
		delete(got, who)
	}
	for who, letters := range got {
		if w.Count(`select count(*) from notice_preferences where person_id = $1`, uuid.MustParse(who)) > 0 {
			w.T.Errorf("sent all the same: %v", letters)
		}
	}
}

// TestTheLastChangeAloneIsMailed changes a shift and changes it again before the messages are made: they say what is still true,
// once.
func TestTheLastChangeAloneIsMailed(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	move := func(hours int, place string) func(*hub.Scene) {
		return func(s *hub.Scene) {
			in := hub.Vars{"id": s.Shift}
			if hours > 0 {
				in["startsAt"], in["endsAt"] = w.In(hours), w.In(hours+2)
			}
			if place != "" {
				in["place"] = place
			}
			s.Lead.Do("updateShift", in, "shift { id }")
		}
	}
	hide := func(s *hub.Scene) {
		s.Officer.Do("hideContent", hub.Vars{"subjectId": s.Shift, "reason": "SPAM", "words": "Why."}, "decision { id }")
	}
	show := func(s *hub.Scene) {
		d := s.Text(`select hidden_id from shifts where id = $1`, s.Shift)
		s.Officer.Do("showContent", hub.Vars{"id": d, "reason": "A mistake."}, "decision { id }")
	}
	lead := func(role string) func(*hub.Scene) {
		return func(s *hub.Scene) {
			s.Lead.Do("setMemberRole", hub.Vars{"id": s.AsSecond, "role": role}, "membership { id }")
		}
	}
	for name, c := range map[string]struct {
		changes []func(*hub.Scene)
		letters []string // what each contains, and after a bar what it does not
	}{
		"hidden":                  {[]func(*hub.Scene){hide}, []string{"A shift is on hold"}},
		"hidden and shown":        {[]func(*hub.Scene){hide, show}, []string{"takes place after all"}},
		"hidden twice":            {[]func(*hub.Scene){hide, show, hide}, []string{"A shift is on hold"}},
		"moved and hidden":        {[]func(*hub.Scene){move(0, "The pond"), hide}, []string{"A shift is on hold|The pond"}},
		"moved and back":          {[]func(*hub.Scene){move(80, ""), move(60, "")}, []string{"When: |Where: "}},
		"moved, back, and again":  {[]func(*hub.Scene){move(80, ""), move(60, ""), move(80, "")}, []string{"When: |Where: "}},
		"elsewhere, and back":     {[]func(*hub.Scene){move(0, "The pond"), move(0, "The old gate")}, []string{"Where: The old gate|When: "}},
		"later, then elsewhere":   {[]func(*hub.Scene){move(80, ""), move(0, "The pond")}, []string{"When: |Where: ", "Where: The pond|When: "}},
		"both, then where alone":  {[]func(*hub.Scene){move(80, "The pond"), move(0, "The hill")}, []string{"When: |Where: ", "Where: The hill"}},
		"other leads, and back":   {[]func(*hub.Scene){lead("MEMBER"), lead("LEAD")}, []string{"Led by: Aliya T.\u2060, Bolat S.|When: "}},
		"elsewhere, other leads":  {[]func(*hub.Scene){move(0, "The pond"), lead("MEMBER")}, []string{"Where: The pond|Led by", "Led by: Bolat S.|Where: "}},
		"elsewhere, not any more": {[]func(*hub.Scene){move(0, "The pond"), func(s *hub.Scene) { s.Exec(`update shifts set place = 'The hill' where id = $1`, s.Shift) }}, nil},
	} {
		s := w.Scene(t)
		w.Mails()
		for _, change := range c.changes {
			change(s)
		}
		var got []string
		for _, m := range w.Mails() {
			if m.To == s.Confirmed.ID+"@example.org" {
				got = append(got, m.Subject+"\n"+m.Body)
			}
		}
		if len(got) != len(c.letters) {
			t.Errorf("%s: sent %q, want %q", name, got, c.letters)
			continue
		}
		for i, letter := range c.letters {
			says, not, _ := strings.Cut(letter, "|")
			if !strings.Contains(got[i], says) || not != "" && strings.Contains(got[i], not) {
				t.Errorf("%s: sent %q, want %q", name, got[i], letter)
			}
		}
	}
}
