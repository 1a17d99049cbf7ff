package account

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed common.txt
var commonList string

// commonPasswords are passwords that many people have.
var commonPasswords = sync.OnceValue(func() map[string]bool {
	list := map[string]bool{}
	for line := range strings.Lines(commonList) {
		if line = strings.TrimSuffix(line, "\n"); !strings.HasPrefix(line, "# ") {
			list[line] = true
		}
	}
	return list
})

// isCommon reports whether many people have the password, in any case, with punctuation around it or invisible characters in it.
func isCommon(password string) bool {
	seen := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, password)
	bare := strings.TrimFunc(seen, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return commonPasswords()[seen] || commonPasswords()[bare]
}

// isNumber reports whether the password consists of digits only, like a telephone number or a date.
func isNumber(password string) bool {
	return !strings.ContainsFunc(password, func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune("+-() .", r) })
}

// weakness returns what makes a new password of good length weak, "" for a strong one. own are the person's address and names, as far as they
// are known.
func weakness(password string, own []string) string {
	switch {
	case isCommon(password):
		return "must not be a common password"
	case isPredictable(password):
		return "must not be a repetition or a sequence"
	case isNumber(password):
		return "must not be only digits"
	case isOwn(password, own):
		return "must not be your email address or name"
	}
	return ""
}

const (
	fewLetters = 5 // different ones
	longRun    = 4 // letters in a run, on average
	leastLeft  = 6 // letters apart from the person's own address and names
)

// isPredictable reports whether the password has few different letters, repeats one piece, or consists of runs like "abcd",
// "4321" and "aaaa".
func isPredictable(password string) bool {
	letters := []rune(strings.ToLower(password))
	different := map[rune]bool{}
	for _, r := range letters {
		different[r] = true
	}
	return len(different) < fewLetters || repeats(letters) || runs(letters)*longRun <= len(letters)
}

// repeats reports whether the letters are one piece, repeated twice or more.
func repeats(letters []rune) bool {
	for piece := 1; piece <= len(letters)/2; piece++ {
		same := true
		for i := piece; i < len(letters); i++ {
			same = same && letters[i] == letters[i-piece]
		}
		if same {
			return true
		}
	}
	return false
}

// runs counts the pieces in which each letter follows, precedes or equals the one before.
func runs(letters []rune) int {
	const none = 2
	count, step := 1, rune(none)
	for i := 1; i < len(letters); i++ {
		next := letters[i] - letters[i-1]
		if next < -1 || next > 1 || step != none && next != step {
			count, step = count+1, none
		} else {
			step = next
		}
	}
	return count
}

// isOwn reports whether little is left of the password after removing the person's address, its two halves, and the names.
func isOwn(password string, own []string) bool {
	left := strings.ToLower(password)
	for _, word := range own {
		word = strings.ToLower(word)
		for _, part := range append([]string{word}, strings.Split(word, "@")...) {
			if utf8.RuneCountInString(part) > 2 {
				left = strings.ReplaceAll(left, part, "")
			}
		}
	}
	return utf8.RuneCountInString(left) < leastLeft
}
