package seed

import (
	"embed"
	"encoding/json"
	"fmt"

	"jastarhub/internal/lang"
)

//go:embed data/*.json
var data embed.FS

// texts are what the people of the demo write, each text in its own language. NGOs, addresses and people are invented.
type texts struct {
	names struct{ Male, Female, Families []string }
	ngos  []ngoText
	where struct {
		Venues []venue
		Places []place
	}
	topics  []topic
	wishes  []wish
	phrases map[lang.Language]phrases
}

type ngoText struct {
	lang.Text
	Focus    string
	State    string
	Language lang.Language
	Mission  string
	Teams    []struct {
		lang.Text
		About string
	}
}

// venue is what the demo invents about a centre, and whether it opens, or closes, during the record. Its partner is the centre of
// the same district with which it then exchanges teams.
type venue struct {
	Code          string
	Address       string
	Lat, Lon      float64
	Capacity      int
	Hours         string
	Opens, Closes bool
	Partner       string
}

type place struct {
	District string
	lang.Text
	Lat, Lon float64
}

// topic is something that teams do: the task, the updates about it, and how a resident would propose it.
type topic struct {
	Focus     string
	Language  lang.Language
	Metric    string
	MinAge    *int   `json:"min_age"`
	WorkClass string `json:"work_class"` // STANDARD where left out
	Title     string
	Text      string
	Updates   [2]string
	Proposal  *draft
}

type draft struct{ Title, Text string }

// wish is a proposal that no team can take on, and why it is declined.
type wish struct {
	Language lang.Language
	draft
	Reason string
	Words  string
}

type phrases struct {
	Questions, Answers, Updates, Meeting []string
	TaskCancelled                        []string `json:"task_cancelled"`
	ShiftCancelled                       []string `json:"shift_cancelled"`
	SentBack                             []string `json:"sent_back"`
	NoPhoto                              []string `json:"no_photo"`
	Disputed                             []string
	Join, Invite, Removed                []string
}

func readTexts() (texts, error) {
	var t texts
	for name, into := range map[string]any{
		"names": &t.names, "ngos": &t.ngos, "places": &t.where, "topics": &t.topics, "wishes": &t.wishes, "phrases": &t.phrases,
	} {
		text, err := data.ReadFile("data/" + name + ".json")
		if err != nil {
			return t, err
		}
		if err := json.Unmarshal(text, into); err != nil {
			return t, fmt.Errorf("%s.json: %w", name, err)
		}
	}
	return t, nil
}
