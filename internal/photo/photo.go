// Package photo is the pictures that people send: checked, reduced to plain small JPEGs, stored in a bucket, and attached to what
// they show.
package photo

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/paging"
)

// Photo is a picture as it is stored: a JPEG without metadata, in two sizes.
type Photo struct {
	ID         uuid.UUID     `db:"id"`
	UploaderID uuid.UUID     `db:"uploader_id"`
	Width      int           `db:"width"`
	Height     int           `db:"height"`
	CreatedAt  time.Time     `db:"created_at"`
	ProposalID uuid.NullUUID `db:"proposal_id"`
	TaskID     uuid.NullUUID `db:"task_id"`
	UpdateID   uuid.NullUUID `db:"update_id"`
	AttachedAt *time.Time    `db:"attached_at"`
}

// PhotoConnection is a page of photos.
type PhotoConnection = paging.Connection[Photo]

// PhotoEdge is a photo with its place in a list.
type PhotoEdge = paging.Edge[Photo]

// PhotoSize is a photo in one of its sizes.
type PhotoSize struct {
	Width  int    `json:"width"`
	Height int    `json:"height"`
	URL    string `json:"url"`
}

// widths are the maximum widths of a photo, for lists and for pages. It is at most twice as high as wide.
var widths = [...]int{480, 1600}

// fit returns the size of a picture that is no wider than most, and no larger than it was.
func fit(width, height, most int) (w, h int) {
	scale := min(1, float64(most)/float64(width), float64(2*most)/float64(height))
	return max(1, int(float64(width)*scale+0.5)), max(1, int(float64(height)*scale+0.5))
}

// Sizes returns where the files of the photo are, the smaller one first.
func (p *Photo) Sizes() []*PhotoSize {
	sizes := make([]*PhotoSize, len(widths))
	for i, most := range widths {
		w, h := fit(p.Width, p.Height, most)
		sizes[i] = &PhotoSize{Width: w, Height: h, URL: fmt.Sprintf("/photos/%s/%d.jpg", p.ID, most)}
	}
	return sizes
}

// CheckedInMinor is a person under 18 who came to a task.
type CheckedInMinor struct {
	TaskID       uuid.UUID `db:"task_id"`
	PersonID     uuid.UUID `db:"person_id"`
	PhotoConsent bool      `db:"photo_consent"` // a guardian has given photo consent
}
