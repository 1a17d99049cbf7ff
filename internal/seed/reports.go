package seed

import (
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/history"
)

// doubts are what people report in the demo, and the coordinator's answer, if there is one.
var doubts = []struct{ reason, words, answer string }{
	{"SPAM", "Осындай ұсыныс бұрын да болған сияқты.", ""},
	{"UNTRUE", "Мекенжайы дұрыс емес сияқты, ол жерде аула жоқ.", ""},
	{"PRIVATE_DATA", "Тут, кажется, чей-то номер телефона.", "Номера телефона здесь нет."},
}

type report struct {
	ID         uuid.UUID  `db:"id"`
	Subject    string     `db:"subject_type"`
	SubjectID  uuid.UUID  `db:"subject_id"`
	CentreID   uuid.UUID  `db:"centre_id"`
	PersonID   uuid.UUID  `db:"person_id"`
	ReporterID uuid.UUID  `db:"reporter_id"`
	Reason     string     `db:"reason"`
	Words      string     `db:"words"`
	State      string     `db:"state"`
	CreatedAt  time.Time  `db:"created_at"`
	DecidedAt  *time.Time `db:"decided_at"`
}

// addReports lets people report proposals in the demo, at the centre whose coordinator is one of the accounts to try.
func (c *city) addReports() {
	host, at, n := c.hosts()[0], c.now.Add(-2*day), 0
	for _, i := range c.ideas {
		if !c.trails || n == len(doubts) || i.CentreID != host.ID || i.AuthorID == c.adult.ID || i.UpdatedAt.After(at) {
			continue
		}
		doubt, at := doubts[n], at.Add(time.Duration(n)*time.Hour)
		r := report{ID: c.id(at), Subject: "PROPOSAL", SubjectID: i.ID, CentreID: i.CentreID, PersonID: i.AuthorID, ReporterID: c.adult.ID,
			Reason: doubt.reason, Words: doubt.words, State: open, CreatedAt: at}
		trail := c.trail(r.ID)
		trail.step(at, "REPORT_CONTENT", open, history.Person, r.ReporterID)
		if doubt.answer != "" {
			r.State = "DISMISSED"
			trail.step(at.Add(time.Hour), "ANSWER_REPORT", r.State, history.Coordinator, host.coordinator.ID)
			trail.because(doubt.answer)
			r.DecidedAt = &trail.at
		}
		c.rows.reports, n = append(c.rows.reports, r), n+1
	}
}
