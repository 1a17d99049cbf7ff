// Package web has the built web app, and compiles without it too.
package web

import (
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"regexp"
	"strings"
)

//go:embed all:dist src/paths.json src/look/tokens.css src/words/*/schema.json
var files embed.FS

// Files returns the files of the built app, index.html among them; it is empty if the app was not built.
func Files() fs.FS {
	app, err := fs.Sub(files, "dist/app")
	if err != nil {
		panic(err) // the path is a constant
	}
	return app
}

var fontFace = regexp.MustCompile(`@font-face\s*\{[^}]*\}`)

// Look returns the style that pages outside the app share with it: its colours, type and spacing, and its fonts if it was built.
func Look() string {
	tokens, err := files.ReadFile("src/look/tokens.css")
	if err != nil {
		panic(err) // an embedded file is broken
	}
	look := string(tokens)
	built, _ := fs.Glob(files, "dist/app/assets/index-*.css") // the pattern is a constant
	for _, name := range built {
		style, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		look += strings.Join(fontFace.FindAllString(string(style), -1), "\n") + "\n"
	}
	return look
}

var parameter = regexp.MustCompile(`:(\w+)`)

// Paths returns the patterns of the app's own pages, in the form of net/http.
func Paths() []string {
	var named map[string]string
	read("src/paths.json", &named)
	patterns := make([]string, 0, len(named))
	for _, path := range named {
		patterns = append(patterns, parameter.ReplaceAllString(path, "{$1}"))
	}
	return patterns
}

// Operations returns the documents that the app sends, by their SHA-256 in hexadecimal digits; none if it was not built.
func Operations() map[string]string {
	var documents map[string]string
	read("dist/operations.json", &documents)
	return documents
}

// Words returns the app's words in a language for the values of the schema's enums, by enum and value.
func Words(language string) (words map[string]map[string]string) {
	read("src/words/"+language+"/schema.json", &words)
	return words
}

func read(name string, into any) {
	text, err := files.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		panic(err) // an embedded file is broken
	}
}
