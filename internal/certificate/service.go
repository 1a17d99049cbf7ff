package certificate

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/almaty"
	"jastarhub/internal/attempt"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/notice"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
)

// Service is what people do with certificates.
type Service struct{ DB *postgres.DB }

// Order is the order of a person's certificates: newest first.
var Order = paging.Order{Name: "certificates-newest"}

// Issue certifies the actor's hours in a period as they are now. Codes: INVALID, NO_HOURS, TRY_LATER.
func (s *Service) Issue(ctx context.Context, c mutation.Call, in IssueCertificateInput) (*CertificatePayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(c.Now), func(tx *sqlx.Tx) (uuid.UUID, error) {
		wait, err := attempt.Limits.Certificates.Of(c.Actor.PersonID.String()).Take(ctx, tx, c.Now)
		if err == nil && wait > 0 {
			err = attempt.TryLater(wait)
		}
		if err != nil {
			return uuid.Nil, err
		}
		p, err := person.Lock(ctx, tx, c.Actor.PersonID, "id")
		if err != nil {
			return uuid.Nil, err
		}
		counting, err := counting(ctx, tx, p.ID, in)
		if err != nil {
			return uuid.Nil, err
		}
		made := &Certificate{ID: postgres.NewID(), Number: newNumber(c.Now.In(almaty.Zone).Year()), PersonID: p.ID, GivenName: p.Private.GivenName,
			FamilyName: p.Private.FamilyName, Language: in.Language, From: in.From, To: in.To, IssuedAt: c.Now}
		if err := insert(ctx, tx, made, counting); err != nil {
			return uuid.Nil, err
		}
		return made.ID, c.As(history.Person, IssueCertificate).Record(ctx, tx, history.To(made.ID, "", good))
	})
	return s.payload(ctx, c, id, err)
}

// counting returns a person's hours that count. Codes: NO_HOURS, NOT_FOUND (no such team).
func counting(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, in IssueCertificateInput) ([]uuid.UUID, error) {
	found, err := lockCounting(ctx, tx, person, in)
	if err != nil || len(found) > 0 {
		return found, err
	}
	if in.TeamID != nil {
		teams, err := postgres.Count(ctx, tx, postgres.Select(`select count(*) from teams where id = ?`, *in.TeamID))
		if err != nil {
			return nil, err
		}
		if teams == 0 {
			return nil, fault.Missing("teamId")
		}
	}
	return nil, fault.New(fault.NoHours)
}

// Revoke revokes a certificate. Codes: INVALID, NOT_FOUND, NOT_YOUR_CENTRE, WRONG_STATE.
func (s *Service) Revoke(ctx context.Context, c mutation.Call, in RevokeCertificateInput) (*CertificatePayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		found, err := lock(ctx, tx, in.Number)
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(found.refuse(c.Actor)); err != nil {
			return uuid.Nil, err
		}
		as := history.Coordinator
		if c.Actor.IsOfficer() {
			as = history.Officer
		}
		return found.ID, end(ctx, tx, c.As(as, RevokeCertificate).Because(&in.Reason), TakenBack, `id = ?`, found.ID)
	})
	return s.payload(ctx, c, id, err)
}

// Get reads the certificate with a number, for anyone. Codes: INVALID, NOT_FOUND.
func (s *Service) Get(ctx context.Context, number string) (*Certificate, error) {
	var c fault.Check
	number = checkNumber(&c, number)
	if err := c.Err(); err != nil {
		return nil, err
	}
	return byNumber(ctx, s.DB, number)
}

// ByIDs reads certificates; unknown ids are left out. Certificate.Visible decides who may see them.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Certificate, error) {
	return byIDs(ctx, s.DB, ids)
}

// PartsOf reads what each of the certificates states about teams, most minutes first.
func (s *Service) PartsOf(ctx context.Context, certificates []uuid.UUID) (map[uuid.UUID][]*CertificatePart, error) {
	rows, err := partsOf(ctx, s.DB, certificates)
	parts := map[uuid.UUID][]*CertificatePart{}
	for _, row := range rows {
		parts[row.CertificateID] = append(parts[row.CertificateID], row)
	}
	return parts, err
}

// OfPersons reads a page of each person's certificates, newest first.
func (s *Service) OfPersons(ctx context.Context, people []uuid.UUID, args paging.Args) (map[uuid.UUID]*CertificateConnection, error) {
	rows, err := ofPersons(ctx, s.DB, people, args)
	if err != nil {
		return nil, err
	}
	return paging.Each(people, rows, func(c *Certificate) uuid.UUID { return c.PersonID }, args, paging.ByID(func(c *Certificate) uuid.UUID { return c.ID }),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return counts(ctx, s.DB, people) }), nil
}

// payload returns the certificate that a mutation changed.
func (s *Service) payload(ctx context.Context, c mutation.Call, id uuid.UUID, err error) (*CertificatePayload, error) {
	return mutation.Answer(ctx, c, id, err, s.ByIDs, (*Certificate).Visible, func(rows []*Certificate) *CertificatePayload { return &CertificatePayload{Certificate: rows[0]} })
}

// end revokes the valid certificates that meet a condition, and tells their owners.
func end(ctx context.Context, tx *sqlx.Tx, act history.Act, why CertificateRevocation, which string, args ...any) error {
	rows, err := revoke(ctx, tx, act.Now, why, which, args...)
	if err != nil {
		return err
	}
	moves := make([]history.Move, len(rows))
	for i, c := range rows {
		moves[i] = history.To(c.ID, good, revoked)
		moves[i].ReasonCode = new(history.MoveReason(why))
		news := notice.News{Kind: notice.CertificateRevoked, About: notice.AboutCertificate(c.ID), Details: notice.Details{Number: c.Number, Step: string(why)}}
		if act.Words != nil {
			news.Details.Words = *act.Words
		}
		if err := notice.Tell(ctx, tx, act.By, act.Now, news, notice.People(c.PersonID)); err != nil {
			return err
		}
	}
	return act.Record(ctx, tx, moves...)
}

// HoursHaveChanged revokes the certificates that state hours which no longer count as stated, in the transaction that changed
// them.
func HoursHaveChanged(ctx context.Context, tx *sqlx.Tx, hours []uuid.UUID, now time.Time) error {
	return end(ctx, tx, history.ByHub(RevokeCertificate, now), HoursChanged, `id in (select k.certificate_id from certificate_hours k join hours h on h.id = k.hours_id
		where k.hours_id = any(?) and not (h.state in ('APPROVED', 'ADJUSTED') and h.minutes = k.minutes))`, postgres.IDs(hours))
}

// RevokeAll revokes the certificates of a person whose account is erased: nobody could tell whose they are any more.
func RevokeAll(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, act history.Act) error {
	return end(ctx, tx, act.Doing(RevokeCertificate), AccountDeleted, `person_id = ?`, person)
}
