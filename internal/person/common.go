package person

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed common.txt
var commonList string

// commonPasswords are those that many people have.
var commonPasswords = sync.OnceValue(func() map[string]bool {
	list := map[string]bool{}
	for line := range strings.Lines(commonList) {
		if line = strings.TrimSuffix(line, "\n"); !strings.HasPrefix(line, "# ") {
			list[line] = true
		}
	}
	return list
})

// isCommon tells whether many people have the password, in whatever case.
func isCommon(password string) bool { return commonPasswords()[strings.ToLower(password)] }
