package stories

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/grant"
	"jastarhub/internal/notice"
	"jastarhub/internal/outbox"
)

// telling is what a kind of notice is about while it is true for a person, and what ends that; "" if it stays true. In ends, $1
// is the subject and $2 the person.
type telling struct {
	put  func(w *world, who *caller) (of notice.NoticeSubject, id string, details notice.Details)
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

func coordinated(of, state, more string) func(*world, *caller) (notice.NoticeSubject, string, notice.Details) {
	return func(w *world, who *caller) (notice.NoticeSubject, string, notice.Details) {
		w.grant(who, grant.Coordinator, "AUEZOV-1")
		id := w.putTold(of, state)
		if more != "" {
			w.exec(more, id)
		}
		return notice.NoticeSubject(of), id, notice.Details{}
	}
}

func (w *world) putTold(of, state string) string {
	if of == "TASK" {
		return w.putTask(state)
	}
	return w.putProposal(state)
}

func followed(of, state string) func(*world, *caller) (notice.NoticeSubject, string, notice.Details) {
	return func(w *world, who *caller) (notice.NoticeSubject, string, notice.Details) {
		id := w.putTold(of, state)
		w.exec(`insert into supports (id, proposal_id, person_id, given_at) values (gen_random_uuid(), coalesce((select proposal_id from tasks where id = $1), $1), $2, now())`,
			rowID(id), who.id)
		return notice.NoticeSubject(of), id, notice.Details{}
	}
}

func authoredBy(w *world, who *caller) (notice.NoticeSubject, string, notice.Details) {
	id := w.putProposal("NEEDS_INFO")
	w.exec(`update proposals set author_id = $2 where id = $1`, id, who.id)
	return notice.OfProposal, id, notice.Details{}
}

// led is about a task, or a step of a team, that the person leads.
func led(of, state string) func(*world, *caller) (notice.NoticeSubject, string, notice.Details) {
	return func(w *world, who *caller) (notice.NoticeSubject, string, notice.Details) {
		w.enrol(who, w.team, "LEAD")
		if of == "TEAM" {
			return notice.OfTeam, w.team, notice.Details{Step: state}
		}
		return notice.OfTask, w.putTask(state), notice.Details{}
	}
}

func signedUp(state string) func(*world, *caller) (notice.NoticeSubject, string, notice.Details) {
	return func(w *world, who *caller) (notice.NoticeSubject, string, notice.Details) {
		shift := w.putShift(w.putTask("OPEN"), "70 hours", 2)
		w.putSignup(who, shift, state)
		w.exec(`update signups set offer_expires_at = now() + interval '60 hours' where shift_id = $1 and state = 'OFFERED'`, shift)
		var starts time.Time
		if err := w.db.Get(&starts, `select starts_at from shifts where id = $1`, shift); err != nil {
			w.t.Fatal(err)
		}
		return notice.OfShift, shift, notice.Details{When: &starts}
	}
}

// later is a shift that the person comes to and that begins an hour later than planned.
func later(w *world, who *caller) (notice.NoticeSubject, string, notice.Details) {
	of, shift, details := signedUp("CONFIRMED")(w, who)
	from := func(d time.Duration) *time.Time { return new(details.When.Add(d)) }
	details.Was, details.Is = &notice.Facts{StartsAt: from(-hour), EndsAt: from(hour)}, &notice.Facts{StartsAt: from(0), EndsAt: from(2 * hour)}
	return of, shift, details
}

func consented(w *world, who *caller) (notice.NoticeSubject, string, notice.Details) {
	return "CONSENT", w.putConsent(who.id, "PHOTO", "GIVEN", "", ""), notice.Details{Step: "GIVEN", Scopes: []string{"PHOTO"}}
}

// requested is a team that the person leads and somebody asks to join.
func requested(w *world, who *caller) (notice.NoticeSubject, string, notice.Details) {
	team := w.putTeam()
	w.enrol(who, team, "LEAD")
	w.crowd(1)[0].do("requestMembership", vars{"teamId": team}, "membership { id }")
	return notice.OfTeam, team, notice.Details{}
}

func invitedInto(w *world, who *caller) (notice.NoticeSubject, string, notice.Details) {
	team := w.putTeam()
	w.exec(`insert into memberships (id, team_id, person_id, role, state, created_at, expires_at)
		values (gen_random_uuid(), $1, $2, 'MEMBER', 'INVITED', now(), now() + interval '10 days')`, team, who.id)
	return notice.OfTeam, team, notice.Details{}
}

// between are what may happen between the news and the message, including nothing.
var between = []string{"nothing", "it ends", "suspended", "erased", "wants none", "read"}

// TestALetterIsAskedForWhenItIsMade tells every kind of notice, lets one thing happen, and only then makes the messages, by
// email, by Telegram and for the daily email: nobody is sent what is no longer true, or no longer wanted.
func TestALetterIsAskedForWhenItIsMade(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`delete from outbox`)
	want := map[string][]string{}
	for _, kind := range theSchema().Types["NoticeKind"].EnumValues {
		of, there := tellings[kind.Name]
		if !there {
			t.Errorf("%s is not tried", kind.Name)
			continue
		}
		for _, email := range []string{"ALL", "DAILY"} {
			for i, who := range w.crowd(len(between)) {
				w.exec(`insert into notice_preferences (person_id, topic, email, telegram) select $1, t, $2, true from unnest($3::text[]) t`,
					who.id, email, topics())
				w.putLink(who)
				needed := w.happens(kind.Name, of, who, between[i])
				if between[i] == "nothing" || between[i] == "it ends" && of.ends == "" {
					mail := map[bool]string{true: "EMAIL", false: "DAY"}[needed || email == "ALL"]
					want[who.id] = []string{mail + " " + kind.Name, "TELEGRAM " + kind.Name}
				}
			}
		}
	}
	w.compareLetters(want)
}

func topics() string {
	var all []string
	for _, v := range theSchema().Types["NoticeTopic"].EnumValues {
		all = append(all, v.Name)
	}
	return "{" + strings.Join(all, ",") + "}"
}

// happens tells somebody a kind, and then lets something happen. It reports whether an email is due at once.
func (w *world) happens(kind string, of telling, who *caller, what string) (needed bool) {
	w.t.Helper()
	subject, id, details := of.put(w, who)
	news := notice.News{Kind: notice.NoticeKind(kind), About: notice.Subject{Type: subject, ID: rowID(id)}, Details: details}
	w.exec(`delete from outbox where person_id = $1`, who.id)
	w.exec(`delete from notices where person_id = $1`, who.id)
	err := w.db.Tx(w.t.Context(), func(tx *sqlx.Tx) error {
		return notice.Tell(w.t.Context(), tx, nil, time.Now(), news, notice.People(rowID(who.id)))
	})
	if err != nil {
		w.t.Fatalf("%s: %v", kind, err)
	}
	needed = w.count(`select count(*) from notices where person_id = $1 and digest_at is null`, who.id) == 1
	switch what {
	case "it ends":
		if of.ends != "" {
			w.exec(of.ends, id, who.id)
		}
	case "suspended":
		w.exec(`update people set suspended_id = $1 where id = $2`, w.decided("SUSPEND", "PERSON", who.id, "IN_FORCE", nil, nil, nil, who.id), who.id)
	case "erased":
		w.exec(`update people set erased_at = now(), email = null, password_hash = null, given_name = '', family_name = '', birth_date = null, email_verified_at = null,
			language = 'KK' where id = $1`, who.id)
	case "wants none":
		w.exec(`update notice_preferences set email = 'NONE', telegram = false where person_id = $1`, who.id)
	case "read":
		w.exec(`update notices set read_at = now() where person_id = $1`, who.id)
	}
	return needed
}

// compareLetters makes the messages of all channels, and the daily emails, and expects exactly these.
func (w *world) compareLetters(want map[string][]string) {
	w.t.Helper()
	got, channel := map[string][]string{}, ""
	carry := func(_ context.Context, letters []*outbox.Letter) {
		for _, l := range letters {
			kind := string(l.Kind)
			if kind == "NOTICES_OF_THE_DAY" {
				kind = w.text(`select kind from notices where person_id = $1`, l.PersonID.UUID)
			}
			got[l.PersonID.UUID.String()] = append(got[l.PersonID.UUID.String()], channel+" "+kind)
		}
	}
	send := func(name string, of outbox.Channel, now time.Time) {
		channel = name
		if err := w.sender(of, carry).Send(w.t.Context(), now); err != nil {
			w.t.Fatal(err)
		}
	}
	noon := w.noon()
	send("EMAIL", outbox.Email, noon)
	send("TELEGRAM", outbox.Telegram, noon)
	evening := outbox.Next(noon, 18)
	if err := w.r.Notices.Collect(w.t.Context(), evening); err != nil {
		w.t.Fatal(err)
	}
	send("DAY", outbox.Email, evening)
	if len(want) < 50 {
		w.t.Errorf("only %d people are told", len(want))
	}
	for who, letters := range want {
		slices.Sort(got[who])
		if slices.Sort(letters); fmt.Sprint(got[who]) != fmt.Sprint(letters) {
			w.t.Errorf("sent %v, want %v", got[who], letters)
		}
		delete(got, who)
	}
	for who, letters := range got {
		if w.count(`select count(*) from notice_preferences where person_id = $1`, uuid.MustParse(who)) > 0 {
			w.t.Errorf("sent all the same: %v", letters)
		}
	}
}

// TestTheLastChangeAloneIsMailed changes a shift and changes it again before the messages are made: they say what is still true,
// once.
func TestTheLastChangeAloneIsMailed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	move := func(hours int, place string) func(*scene) {
		return func(s *scene) {
			in := vars{"id": s.shift}
			if hours > 0 {
				in["startsAt"], in["endsAt"] = at(hours), at(hours+2)
			}
			if place != "" {
				in["place"] = place
			}
			s.lead.do("updateShift", in, "shift { id }")
		}
	}
	hide := func(s *scene) {
		s.officer.do("hideContent", vars{"subjectId": s.shift, "reason": "SPAM", "words": "Why."}, "decision { id }")
	}
	show := func(s *scene) {
		d := s.text(`select hidden_id from shifts where id = $1`, s.shift)
		s.officer.do("showContent", vars{"id": d, "reason": "A mistake."}, "decision { id }")
	}
	lead := func(role string) func(*scene) {
		return func(s *scene) { s.lead.do("setMemberRole", vars{"id": s.asSecond, "role": role}, "membership { id }") }
	}
	for name, c := range map[string]struct {
		changes []func(*scene)
		letters []string // what each contains, and after a bar what it does not
	}{
		"hidden":                  {[]func(*scene){hide}, []string{"A shift is on hold"}},
		"hidden and shown":        {[]func(*scene){hide, show}, []string{"takes place after all"}},
		"hidden twice":            {[]func(*scene){hide, show, hide}, []string{"A shift is on hold"}},
		"moved and hidden":        {[]func(*scene){move(0, "The pond"), hide}, []string{"A shift is on hold|The pond"}},
		"moved and back":          {[]func(*scene){move(80, ""), move(60, "")}, []string{"When: |Where: "}},
		"moved, back, and again":  {[]func(*scene){move(80, ""), move(60, ""), move(80, "")}, []string{"When: |Where: "}},
		"elsewhere, and back":     {[]func(*scene){move(0, "The pond"), move(0, "The old gate")}, []string{"Where: The old gate|When: "}},
		"later, then elsewhere":   {[]func(*scene){move(80, ""), move(0, "The pond")}, []string{"When: |Where: ", "Where: The pond|When: "}},
		"both, then where alone":  {[]func(*scene){move(80, "The pond"), move(0, "The hill")}, []string{"When: |Where: ", "Where: The hill"}},
		"other leads, and back":   {[]func(*scene){lead("MEMBER"), lead("LEAD")}, []string{"Led by: Aliya T.\u2060, Bolat S.|When: "}},
		"elsewhere, other leads":  {[]func(*scene){move(0, "The pond"), lead("MEMBER")}, []string{"Where: The pond|Led by", "Led by: Bolat S.|Where: "}},
		"elsewhere, not any more": {[]func(*scene){move(0, "The pond"), func(s *scene) { s.exec(`update shifts set place = 'The hill' where id = $1`, s.shift) }}, nil},
	} {
		s := w.scene(t)
		w.mails()
		for _, change := range c.changes {
			change(s)
		}
		var got []string
		for _, m := range w.mails() {
			if m.to == s.confirmed.id+"@example.org" {
				got = append(got, m.subject+"\n"+m.body)
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
