// Package photo has the stories of photos.
package photo

import (
	"bytes"
	"image"
	"image/jpeg"
	"maps"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestPhotosOfAnUpdate: a lead sends a photo from a phone; it is upright, contains nothing but the picture, is seen only by its
// uploader until it is posted, then by all, and by few once it is hidden.
func TestPhotosOfAnUpdate(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	p := c.Photos()
	task, _ := c.Task(5, 50*time.Hour)
	u := p.Upload(c.Lead, hub.FromCamera(3600, 1800)) // held upright: the left half is at the top
	if u.Width != 1600 || u.Height != 3200 || u.Sizes[0].Width != 480 || u.Sizes[0].Height != 960 || u.Sizes[1].URL != "/photos/"+u.ID+"/1600.jpg" {
		t.Errorf("%+v", u)
	}
	p.Shown(c.Lead, u.ID, http.StatusOK, hub.ForOne)
	p.Shown(c.Visitor(), u.ID, http.StatusNotFound, hub.ForOne)
	p.Shown(c.Officer, u.ID, http.StatusNotFound, hub.ForOne)

	theirs := p.Upload(c.Volunteer, hub.AsJPEG(hub.Picture(30, 20)))
	post := func(more hub.Vars) hub.Vars {
		in := hub.Vars{"taskId": task, "text": "Жарты жол.", "photos": faceless(u.ID)}
		for name, value := range more {
			in[name] = value
		}
		return in
	}
	refused := func(code, field string, more hub.Vars) {
		t.Helper()
		if a := c.Lead.Refused(code, "postProgress", post(more)); a.Errors[0].Extensions.Field != field {
			t.Errorf("%v: %s", more, a.RawBody)
		}
	}
	refused("NOT_FOUND", "photos.ids.1", hub.Vars{"photos": faceless(u.ID, theirs.ID)})
	refused("NOT_FOUND", "photos.ids.0", hub.Vars{"photos": faceless(c.Team)})
	refused("INVALID", "photos.ids.1", hub.Vars{"photos": faceless(u.ID, u.ID)})
	refused("INVALID", "photos.ids", hub.Vars{"photos": faceless(make11(c.Team)...)})
	refused("INVALID", "photos.ids", hub.Vars{"photos": hub.Vars{"ids": []string{}, "minorsShown": false}})
	refused("INVALID", "photos.minorIds", hub.Vars{"photos": hub.Vars{"ids": []string{u.ID}, "minorsShown": false, "minorIds": []string{c.Volunteer.ID}}})

	second := p.Upload(c.Lead, hub.AsPNG(hub.Picture(300, 200)))
	shows := []hub.Vars{{"id": second.ID, "width": 300, "height": 200}, {"id": u.ID, "width": 1600, "height": 3200}}
	update := c.Lead.Do("postProgress", post(hub.Vars{"photos": faceless(second.ID, u.ID)}), "update { id photos { id width height } }").
		Shows("postProgress.update.photos", shows).Str("postProgress.update.id")
	refused("INVALID", "photos.ids.0", nil) // used already
	c.Visitor().Must(`query($id: ID!) { task(id: $id) { updates { nodes { photos { id width height } } } photos { totalCount nodes { sizes { width url } } } } }`, hub.Vars{"id": task}).
		Shows("task.updates.nodes.0.photos", shows).Shows("task.photos.totalCount", 2).
		Shows("task.photos.nodes.1.sizes.0", hub.Vars{"width": 480, "url": "/photos/" + u.ID + "/480.jpg"})
	p.Shown(c.Visitor(), u.ID, http.StatusOK, hub.ForAll)
	whole(p, u)
	if r, body := p.Send(c.Lead, http.MethodDelete, "/uploads/"+u.ID, nil); r.StatusCode != http.StatusNotFound {
		t.Errorf("%d %s", r.StatusCode, body)
	}

	c.Coordinator.Do("hideContent", hub.Vars{"subjectId": update, "reason": "PRIVATE_DATA", "words": "A door number is seen."}, "decision { id }")
	p.Shown(c.Visitor(), u.ID, http.StatusNotFound, hub.ForOne)
	p.Shown(c.Volunteer, u.ID, http.StatusNotFound, hub.ForOne)
	p.Shown(c.Lead, u.ID, http.StatusOK, hub.ForOne)
	p.Shown(c.Coordinator, u.ID, http.StatusOK, hub.ForOne)
	c.Visitor().Must(`query($id: ID!) { task(id: $id) { photos { totalCount nodes { id } } } }`, hub.Vars{"id": task}).Shows("task.photos", hub.Vars{"totalCount": 0, "nodes": []hub.Vars{}})
}

// faceless attaches photos in which no minor is recognisable.
func faceless(ids ...string) hub.Vars { return hub.Vars{"ids": ids, "minorsShown": false} }

func make11(id string) (ids []string) {
	for i := range 11 {
		ids = append(ids, strings.Replace(id, id[:1], string("0123456789a"[i]), 1))
	}
	return ids
}

// whole checks that both files of the photo from a camera are upright, and contain nothing else.
func whole(p *hub.Photos, u hub.Uploaded) {
	p.T.Helper()
	for _, size := range u.Sizes {
		r, body := p.Send(p.Visitor(), http.MethodGet, size.URL, nil)
		m, err := jpeg.Decode(bytes.NewReader(body))
		if err != nil || m.Bounds() != image.Rect(0, 0, size.Width, size.Height) || r.Header.Get("Content-Type") != "image/jpeg" ||
			r.Header.Get("X-Content-Type-Options") != "nosniff" {
			p.T.Fatalf("%s: %v %v", size.URL, err, r.Header)
		}
		if bytes.Contains(body, []byte("Exif")) || bytes.Contains(body, []byte("GPS")) || bytes.Contains(body, []byte{0xff, 0xe1}) {
			p.T.Errorf("%s tells where it was taken", size.URL)
		}
		red, _, blue, _ := m.At(size.Width/2, size.Height/10).RGBA()
		under, _, over, _ := m.At(size.Width/2, size.Height*9/10).RGBA()
		if red < 2*blue || over < 2*under {
			p.T.Errorf("%s is not upright", size.URL)
		}
		again, body := p.Send(p.Visitor(), http.MethodGet, size.URL, nil, "If-None-Match", r.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified || len(body) > 0 {
			p.T.Errorf("again: %d", again.StatusCode)
		}
	}
}

// TestPhotosOfMinors: minors are shown if a guardian consents, and no longer once that is withdrawn.
func TestPhotosOfMinors(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	p, g := c.Photos(), c.Guardians()
	task, shift := c.Task(5, time.Hour)
	with, without, adult, absent := c.Person("Aliya", 15), c.Person("Botagoz", 16), c.Crowd(1)[0], c.Person("Dana", 16)
	mama := g.Asked(with, "mama@example.org", "TAKING_PART", "PHOTO")
	mama.Sends(http.StatusOK, "give", "TAKING_PART", "PHOTO")
	for _, who := range []*hub.Caller{with, without, adult} {
		signup, _ := c.SignUp(who, shift)
		c.Lead.Do("checkIn", hub.Vars{"id": signup}, "signup { state }")
	}
	minors := `query($id: ID!) { task(id: $id) { checkedInMinors { person { id } photoConsent } } }`
	c.Lead.Must(minors, hub.Vars{"id": task}).Shows("task.checkedInMinors", []hub.Vars{
		{"person": hub.Vars{"id": without.ID}, "photoConsent": false}, {"person": hub.Vars{"id": with.ID}, "photoConsent": true}})
	if a := c.Volunteer.Ask(minors, hub.Vars{"id": task}); a.Code() != "FORBIDDEN" {
		t.Error(a.RawBody)
	}

	u := p.Upload(c.Lead, hub.AsJPEG(hub.Picture(30, 20)))
	of := func(ids ...string) hub.Vars {
		return hub.Vars{"taskId": task, "text": "Бәрі бірге.", "photos": hub.Vars{"ids": []string{u.ID}, "minorsShown": true, "minorIds": append([]string{}, ids...)}}
	}
	c.Lead.Refused("PHOTO_CONSENT_MISSING", "postProgress", of())
	c.Lead.Refused("PHOTO_CONSENT_MISSING", "postProgress", of(with.ID, without.ID))
	c.Lead.Refused("NOT_FOUND", "postProgress", of(with.ID, absent.ID))
	c.Lead.Refused("NOT_FOUND", "postProgress", of(with.ID, adult.ID))
	update := c.Lead.Do("postProgress", of(with.ID), "update { id }").Str("postProgress.update.id")
	p.Shown(c.Visitor(), u.ID, http.StatusOK, hub.ForAll)
	if body := with.Download(); !strings.Contains(body, `"photosOfYou"`) || !strings.Contains(body, u.ID) {
		t.Error("the minor does not read of the photo")
	}

	mama.Sends(http.StatusOK, "withdraw", "PHOTO")
	for _, who := range []*hub.Caller{c.Visitor(), c.Lead, c.Officer} {
		p.Shown(who, u.ID, http.StatusNotFound, hub.ForOne)
	}
	c.Lead.Must(`query($id: ID!) { node(id: $id) { ... on ProgressUpdate { photos { id } task { photos { totalCount } } } } }`, hub.Vars{"id": update}).
		Shows("node.photos", []hub.Vars{}).Shows("node.task.photos.totalCount", 0)
	tidy(p, time.Hour)
	if files(p) != 0 || c.Count(`select count(*) from photos where files_gone_at is not null`) != 1 {
		t.Error("the files are left")
	}
	c.Volunteer.Refused("PHOTO_CONSENT_MISSING", "submitProposal", hub.Vars{"districtId": c.District("AUEZOV"), "title": "Ойын алаңы", "text": "Балалар ойнайтын жер жоқ.",
		"photos": hub.Vars{"ids": []string{p.Upload(c.Volunteer, hub.AsJPEG(hub.Picture(30, 20))).ID}, "minorsShown": true}})
}

// TestPhotosOfAProposal: its author, its centre and officers still see what is hidden; photos that were never accepted go with
// their author's account.
func TestPhotosOfAProposal(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	p := c.Photos()
	u, unused := p.Upload(c.Volunteer, hub.AsJPEG(hub.Picture(30, 20))), p.Upload(c.Volunteer, hub.AsJPEG(hub.Picture(30, 20)))
	in := hub.Vars{"districtId": c.District("AUEZOV"), "centreId": c.Centre("AUEZOV-1"), "title": "Ойын алаңы", "text": "Балалар ойнайтын жер жоқ."}
	in["photos"] = faceless(make11(c.Team)[:6]...)
	c.Volunteer.Refused("INVALID", "submitProposal", in)
	in["photos"] = faceless(u.ID)
	proposal := c.Volunteer.Do("submitProposal", in, "proposal { id photos { id } }").
		Shows("submitProposal.proposal.photos", []hub.Vars{{"id": u.ID}}).Str("submitProposal.proposal.id")
	p.Shown(c.Visitor(), u.ID, http.StatusOK, hub.ForAll)
	c.Coordinator.Do("hideContent", hub.Vars{"subjectId": proposal, "reason": "OTHER", "words": "Not now."}, "decision { id }")
	for who, status := range map[*hub.Caller]int{c.Visitor(): 404, c.Lead: 404, c.Volunteer: 200, c.Coordinator: 200, c.Officer: 200} {
		p.Shown(who, u.ID, status, hub.ForOne)
	}
	if body := c.Volunteer.Download(); !strings.Contains(body, "/photos/"+u.ID+"/1600.jpg") || !strings.Contains(body, unused.ID) {
		t.Error(body)
	}
	c.Volunteer.Erase()
	p.Shown(c.Officer, u.ID, http.StatusNotFound, hub.ForOne)
	tidy(p, time.Hour)
	if n := files(p); n != 0 || c.Count(`select count(*) from photos`) != 1 {
		t.Errorf("%d files are left", n)
	}
}

// TestPhotosOfDoneWork: a claim needs a photo, its own or an update's since the work last began, or a reason why there is none.
func TestPhotosOfDoneWork(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	p := c.Photos()
	task, _ := c.Task(5, 50*time.Hour)
	claim := func(more hub.Vars) hub.Vars {
		in := hub.Vars{"id": task, "words": "Done.", "cancelShifts": true}
		maps.Copy(in, more)
		return in
	}
	send := func() []string { return []string{p.Upload(c.Lead, hub.AsJPEG(hub.Picture(30, 20))).ID} }
	c.Lead.Do("postProgress", hub.Vars{"taskId": task, "text": "Before.", "photos": faceless(send()...)}, "update { id }")
	c.Lead.Do("startTask", hub.Vars{"id": task}, "task { state }")
	c.Lead.Refused("PHOTO_MISSING", "claimDone", claim(nil))
	c.Lead.Do("postProgress", hub.Vars{"taskId": task, "text": "Begun.", "photos": faceless(send()...)}, "update { id }")
	c.Lead.Do("claimDone", claim(nil), "task { state claim { noPhotoReason } }").
		Shows("claimDone.task", hub.Vars{"state": "CLAIMED_DONE", "claim": hub.Vars{"noPhotoReason": nil}})
	c.Coordinator.Do("sendBack", hub.Vars{"id": task, "reason": "Bags are left."}, "task { state }")
	c.Lead.Refused("PHOTO_MISSING", "claimDone", claim(nil))
	claimed := send()
	c.Lead.Refused("PHOTO_CONSENT_MISSING", "claimDone", claim(hub.Vars{"photos": hub.Vars{"ids": claimed, "minorsShown": true}}))
	c.Lead.Do("claimDone", claim(hub.Vars{"photos": faceless(claimed...)}), "task { state photos { nodes { id } } }").
		Shows("claimDone.task.state", "CLAIMED_DONE").Shows("claimDone.task.photos.nodes.0.id", claimed[0])
}

// TestUnusedPhotosVanish: after a day, together with what a hub left behind that was killed while it stored one.
func TestUnusedPhotosVanish(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	p := c.Photos()
	u := p.Upload(c.Lead, hub.AsJPEG(hub.Picture(30, 20)))
	broken := p.Upload(c.Lead, hub.AsJPEG(hub.Picture(30, 20)))
	c.Exec(`update photos set stored_at = null where id = $1`, hub.RowID(broken.ID)) // killed before it recorded that
	if err := c.Resolver.Photos.Bucket.Delete(t.Context(), broken.ID+"/480.jpg"); err != nil {
		t.Fatal(err)
	}
	p.Shown(c.Lead, broken.ID, http.StatusNotFound, hub.ForOne)
	task, _ := c.Task(5, 50*time.Hour)
	c.Lead.Refused("NOT_FOUND", "postProgress", hub.Vars{"taskId": task, "text": "Broken.", "photos": faceless(broken.ID)})
	tidy(p, time.Minute)
	if files(p) != 3 {
		t.Errorf("%d files: it may still be written", files(p))
	}
	tidy(p, time.Hour)
	p.Shown(c.Lead, u.ID, http.StatusOK, hub.ForOne)
	if files(p) != 2 {
		t.Errorf("%d files", files(p))
	}
	tidy(p, 25*time.Hour)
	if n := files(p) + c.Count(`select count(*) from photos`); n != 0 {
		t.Errorf("%d files and rows", n)
	}
	p.Shown(c.Lead, u.ID, http.StatusNotFound, hub.ForOne)
}

// TestPhotosStay: a hub that is started again on the same database and folder shows them.
func TestPhotosStay(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	folder := t.TempDir()
	c.Resolver.Photos.Bucket = hub.Bucket(t, "", folder)
	p := c.Photos()
	task, _ := c.Task(5, 50*time.Hour)
	u, unused := p.Upload(c.Lead, hub.FromCamera(90, 40)), p.Upload(c.Lead, hub.AsJPEG(hub.Picture(30, 20)))
	c.Lead.Do("postProgress", hub.Vars{"taskId": task, "text": "Begun.", "photos": faceless(u.ID)}, "update { id }")

	again := hub.NewOn(t, c.Database)
	again.Resolver.Photos.Bucket = hub.Bucket(t, "", folder)
	next := again.Photos()
	whole(next, u)
	tidy(next, 25*time.Hour)
	next.Shown(c.Lead, unused.ID, http.StatusNotFound, hub.ForOne)
	next.Shown(c.Visitor(), u.ID, http.StatusOK, hub.ForAll)
	if n := files(next); n != 2 {
		t.Errorf("%d files", n)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("of the photo that is gone its folder stays: %v, %v", left, err)
	}
}
