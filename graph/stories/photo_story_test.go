package stories

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
)

// TestPhotosOfAnUpdate: a lead sends a photo from a phone; it is upright, contains nothing but the picture, is seen only by its
// uploader until it is posted, then by all, and by few once it is hidden.
func TestPhotosOfAnUpdate(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	p := c.photos()
	task, _ := c.task(5, 50*time.Hour)
	u := p.upload(c.lead, fromCamera(3600, 1800)) // held upright: the left half is at the top
	if u.Width != 1600 || u.Height != 3200 || u.Sizes[0].Width != 480 || u.Sizes[0].Height != 960 || u.Sizes[1].URL != "/photos/"+u.ID+"/1600.jpg" {
		t.Errorf("%+v", u)
	}
	p.shown(c.lead, u.ID, http.StatusOK, forOne)
	p.shown(c.visitor(), u.ID, http.StatusNotFound, forOne)
	p.shown(c.officer, u.ID, http.StatusNotFound, forOne)

	theirs := p.upload(c.volunteer, asJPEG(picture(30, 20)))
	post := func(more vars) vars {
		in := vars{"taskId": task, "text": "Жарты жол.", "photoIds": []string{u.ID}, "minorsShown": false}
		for name, value := range more {
			in[name] = value
		}
		return in
	}
	refused := func(code, field string, more vars) {
		t.Helper()
		if a := c.lead.refused(code, "postProgress", post(more)); a.Errors[0].Extensions.Field != field {
			t.Errorf("%v: %s", more, a.rawBody)
		}
	}
	refused("NOT_FOUND", "photoIds.1", vars{"photoIds": []string{u.ID, theirs.ID}})
	refused("NOT_FOUND", "photoIds.0", vars{"photoIds": []string{c.team}})
	refused("INVALID", "photoIds.1", vars{"photoIds": []string{u.ID, u.ID}})
	refused("INVALID", "photoIds", vars{"photoIds": make11(c.team)})
	refused("INVALID", "minorsShown", vars{"minorsShown": nil})
	refused("INVALID", "minorIds", vars{"minorIds": []string{c.volunteer.id}})

	second := p.upload(c.lead, asPNG(picture(300, 200)))
	shows := []vars{{"id": second.ID, "width": 300, "height": 200}, {"id": u.ID, "width": 1600, "height": 3200}}
	update := c.lead.do("postProgress", post(vars{"photoIds": []string{second.ID, u.ID}}), "update { id photos { id width height } }").
		shows("postProgress.update.photos", shows).str("postProgress.update.id")
	refused("INVALID", "photoIds.0", nil) // used already
	c.visitor().must(`query($id: ID!) { task(id: $id) { updates { nodes { photos { id width height } } } photos { totalCount nodes { sizes { width url } } } } }`, vars{"id": task}).
		shows("task.updates.nodes.0.photos", shows).shows("task.photos.totalCount", 2).
		shows("task.photos.nodes.1.sizes.0", vars{"width": 480, "url": "/photos/" + u.ID + "/480.jpg"})
	p.shown(c.visitor(), u.ID, http.StatusOK, forAll)
	p.whole(u)
	if r, body := p.send(c.lead, http.MethodDelete, "/uploads/"+u.ID, nil); r.StatusCode != http.StatusNotFound {
		t.Errorf("%d %s", r.StatusCode, body)
	}

	c.coordinator.do("hideContent", vars{"subjectId": update, "reason": "PRIVATE_DATA", "words": "A door number is seen."}, "decision { id }")
	p.shown(c.visitor(), u.ID, http.StatusNotFound, forOne)
	p.shown(c.volunteer, u.ID, http.StatusNotFound, forOne)
	p.shown(c.lead, u.ID, http.StatusOK, forOne)
	p.shown(c.coordinator, u.ID, http.StatusOK, forOne)
	c.visitor().must(`query($id: ID!) { task(id: $id) { photos { totalCount nodes { id } } } }`, vars{"id": task}).shows("task.photos", vars{"totalCount": 0, "nodes": []vars{}})
}

func make11(id string) (ids []string) {
	for i := range 11 {
		ids = append(ids, strings.Replace(id, id[:1], string("0123456789a"[i]), 1))
	}
	return ids
}

// whole checks that both files of the photo from a camera are upright, and contain nothing else.
func (p *photos) whole(u uploaded) {
	p.t.Helper()
	for _, size := range u.Sizes {
		r, body := p.send(p.visitor(), http.MethodGet, size.URL, nil)
		m, err := jpeg.Decode(bytes.NewReader(body))
		if err != nil || m.Bounds() != image.Rect(0, 0, size.Width, size.Height) || r.Header.Get("Content-Type") != "image/jpeg" ||
			r.Header.Get("X-Content-Type-Options") != "nosniff" {
			p.t.Fatalf("%s: %v %v", size.URL, err, r.Header)
		}
		if bytes.Contains(body, []byte("Exif")) || bytes.Contains(body, []byte("GPS")) || bytes.Contains(body, []byte{0xff, 0xe1}) {
			p.t.Errorf("%s tells where it was taken", size.URL)
		}
		red, _, blue, _ := m.At(size.Width/2, size.Height/10).RGBA()
		under, _, over, _ := m.At(size.Width/2, size.Height*9/10).RGBA()
		if red < 2*blue || over < 2*under {
			p.t.Errorf("%s is not upright", size.URL)
		}
		again, body := p.send(p.visitor(), http.MethodGet, size.URL, nil, "If-None-Match", r.Header.Get("ETag"))
		if again.StatusCode != http.StatusNotModified || len(body) > 0 {
			p.t.Errorf("again: %d", again.StatusCode)
		}
	}
}

// TestPhotosOfMinors: minors are shown if a guardian consents, and no longer once that is withdrawn.
func TestPhotosOfMinors(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	p, g := c.photos(), c.guardians()
	task, shift := c.task(5, time.Hour)
	with, without, adult, absent := c.person("Aliya", 15), c.person("Botagoz", 16), c.crowd(1)[0], c.person("Dana", 16)
	mama := g.asked(with, "mama@example.org", "TAKING_PART", "PHOTO")
	mama.sends(http.StatusOK, "give", "TAKING_PART", "PHOTO")
	for _, who := range []*caller{with, without, adult} {
		signup, _ := c.signUp(who, shift)
		c.lead.do("checkIn", vars{"id": signup}, "signup { state }")
	}
	minors := `query($id: ID!) { task(id: $id) { checkedInMinors { person { id } photoConsent } } }`
	c.lead.must(minors, vars{"id": task}).shows("task.checkedInMinors", []vars{
		{"person": vars{"id": without.id}, "photoConsent": false}, {"person": vars{"id": with.id}, "photoConsent": true}})
	if a := c.volunteer.ask(minors, vars{"id": task}); a.code() != "FORBIDDEN" {
		t.Error(a.rawBody)
	}

	u := p.upload(c.lead, asJPEG(picture(30, 20)))
	of := func(ids ...string) vars {
		return vars{"taskId": task, "text": "Бәрі бірге.", "photoIds": []string{u.ID}, "minorsShown": true, "minorIds": append([]string{}, ids...)}
	}
	c.lead.refused("PHOTO_CONSENT_MISSING", "postProgress", of())
	c.lead.refused("PHOTO_CONSENT_MISSING", "postProgress", of(with.id, without.id))
	c.lead.refused("NOT_FOUND", "postProgress", of(with.id, absent.id))
	c.lead.refused("NOT_FOUND", "postProgress", of(with.id, adult.id))
	update := c.lead.do("postProgress", of(with.id), "update { id }").str("postProgress.update.id")
	p.shown(c.visitor(), u.ID, http.StatusOK, forAll)
	if body := with.download(); !strings.Contains(body, `"photosOfYou"`) || !strings.Contains(body, u.ID) {
		t.Error("the minor does not read of the photo")
	}

	mama.sends(http.StatusOK, "withdraw", "PHOTO")
	for _, who := range []*caller{c.visitor(), c.lead, c.officer} {
		p.shown(who, u.ID, http.StatusNotFound, forOne)
	}
	c.lead.must(`query($id: ID!) { node(id: $id) { ... on ProgressUpdate { photos { id } task { photos { totalCount } } } } }`, vars{"id": update}).
		shows("node.photos", []vars{}).shows("node.task.photos.totalCount", 0)
	p.tidy(time.Hour)
	if p.files() != 0 || c.count(`select count(*) from photos where files_gone_at is not null`) != 1 {
		t.Error("the files are left")
	}
	c.volunteer.refused("PHOTO_CONSENT_MISSING", "submitProposal", vars{"districtId": c.district("AUEZOV"), "title": "Ойын алаңы", "text": "Балалар ойнайтын жер жоқ.",
		"photoIds": []string{p.upload(c.volunteer, asJPEG(picture(30, 20))).ID}, "minorsShown": true})
}

// TestPhotosOfAProposal: its author, its centre and officers still see what is hidden; photos that were never accepted go with
// their author's account.
func TestPhotosOfAProposal(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	p := c.photos()
	u, unused := p.upload(c.volunteer, asJPEG(picture(30, 20))), p.upload(c.volunteer, asJPEG(picture(30, 20)))
	in := vars{"districtId": c.district("AUEZOV"), "centreId": c.centre("AUEZOV-1"), "title": "Ойын алаңы", "text": "Балалар ойнайтын жер жоқ."}
	in["photoIds"], in["minorsShown"] = make11(c.team)[:6], false
	c.volunteer.refused("INVALID", "submitProposal", in)
	in["photoIds"] = []string{u.ID}
	proposal := c.volunteer.do("submitProposal", in, "proposal { id photos { id } }").
		shows("submitProposal.proposal.photos", []vars{{"id": u.ID}}).str("submitProposal.proposal.id")
	p.shown(c.visitor(), u.ID, http.StatusOK, forAll)
	c.coordinator.do("hideContent", vars{"subjectId": proposal, "reason": "OTHER", "words": "Not now."}, "decision { id }")
	for who, status := range map[*caller]int{c.visitor(): 404, c.lead: 404, c.volunteer: 200, c.coordinator: 200, c.officer: 200} {
		p.shown(who, u.ID, status, forOne)
	}
	if body := c.volunteer.download(); !strings.Contains(body, "/photos/"+u.ID+"/1600.jpg") || !strings.Contains(body, unused.ID) {
		t.Error(body)
	}
	c.volunteer.erase()
	p.shown(c.officer, u.ID, http.StatusNotFound, forOne)
	p.tidy(time.Hour)
	if n := p.files(); n != 0 || c.count(`select count(*) from photos`) != 1 {
		t.Errorf("%d files are left", n)
	}
}

// TestPhotosOfDoneWork: a claim needs a photo, its own or an update's since the work last began, or a reason why there is none.
func TestPhotosOfDoneWork(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	p := c.photos()
	task, _ := c.task(5, 50*time.Hour)
	claim := func(more vars) vars {
		in := vars{"id": task, "words": "Done.", "cancelShifts": true}
		maps.Copy(in, more)
		return in
	}
	send := func() []string { return []string{p.upload(c.lead, asJPEG(picture(30, 20))).ID} }
	c.lead.do("postProgress", vars{"taskId": task, "text": "Before.", "photoIds": send(), "minorsShown": false}, "update { id }")
	c.lead.do("startTask", vars{"id": task}, "task { state }")
	c.lead.refused("PHOTO_MISSING", "claimDone", claim(nil))
	c.lead.do("postProgress", vars{"taskId": task, "text": "Begun.", "photoIds": send(), "minorsShown": false}, "update { id }")
	c.lead.do("claimDone", claim(nil), "task { state claim { noPhotoReason } }").
		shows("claimDone.task", vars{"state": "CLAIMED_DONE", "claim": vars{"noPhotoReason": nil}})
	c.coordinator.do("sendBack", vars{"id": task, "reason": "Bags are left."}, "task { state }")
	c.lead.refused("PHOTO_MISSING", "claimDone", claim(nil))
	claimed := send()
	c.lead.refused("PHOTO_CONSENT_MISSING", "claimDone", claim(vars{"photoIds": claimed, "minorsShown": true}))
	c.lead.do("claimDone", claim(vars{"photoIds": claimed, "minorsShown": false}), "task { state photos { nodes { id } } }").
		shows("claimDone.task.state", "CLAIMED_DONE").shows("claimDone.task.photos.nodes.0.id", claimed[0])
}

// TestUnusedPhotosVanish: after a day, together with what a hub left behind that was killed while it stored one.
func TestUnusedPhotosVanish(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	p := c.photos()
	u := p.upload(c.lead, asJPEG(picture(30, 20)))
	broken := p.upload(c.lead, asJPEG(picture(30, 20)))
	c.exec(`update photos set stored_at = null where id = $1`, rowID(broken.ID)) // killed before it recorded that
	if err := c.r.Photos.Bucket.Delete(t.Context(), broken.ID+"/480.jpg"); err != nil {
		t.Fatal(err)
	}
	p.shown(c.lead, broken.ID, http.StatusNotFound, forOne)
	task, _ := c.task(5, 50*time.Hour)
	c.lead.refused("NOT_FOUND", "postProgress", vars{"taskId": task, "text": "Broken.", "photoIds": []string{broken.ID}, "minorsShown": false})
	p.tidy(time.Minute)
	if p.files() != 3 {
		t.Errorf("%d files: it may still be written", p.files())
	}
	p.tidy(time.Hour)
	p.shown(c.lead, u.ID, http.StatusOK, forOne)
	if p.files() != 2 {
		t.Errorf("%d files", p.files())
	}
	p.tidy(25 * time.Hour)
	if n := p.files() + c.count(`select count(*) from photos`); n != 0 {
		t.Errorf("%d files and rows", n)
	}
	p.shown(c.lead, u.ID, http.StatusNotFound, forOne)
}

// TestPhotosStay: a hub that is started again on the same database and folder shows them.
func TestPhotosStay(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	folder := t.TempDir()
	c.r.Photos.Bucket = bucket(t, "", folder)
	p := c.photos()
	task, _ := c.task(5, 50*time.Hour)
	u, unused := p.upload(c.lead, fromCamera(90, 40)), p.upload(c.lead, asJPEG(picture(30, 20)))
	c.lead.do("postProgress", vars{"taskId": task, "text": "Begun.", "photoIds": []string{u.ID}, "minorsShown": false}, "update { id }")

	again := newHubOn(t, c.on)
	again.r.Photos.Bucket = bucket(t, "", folder)
	next := again.photos()
	next.whole(u)
	next.tidy(25 * time.Hour)
	next.shown(c.lead, unused.ID, http.StatusNotFound, forOne)
	next.shown(c.visitor(), u.ID, http.StatusOK, forAll)
	if n := next.files(); n != 2 {
		t.Errorf("%d files", n)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("of the photo that is gone its folder stays: %v, %v", left, err)
	}
}
