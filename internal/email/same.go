package email

import (
	"cmp"
	"strings"
)

// oneHost are hosts whose mailboxes are those of another.
var oneHost = map[string]string{"googlemail.com": "gmail.com", "ya.ru": "yandex.ru", "yandex.com": "yandex.ru", "yandex.kz": "yandex.ru"}

// Same reports whether mails to two folded addresses may reach one mailbox: dots, and what follows a plus, are not counted.
func Same(a, b string) bool { return reaches(a) == reaches(b) }

func reaches(address string) string {
	at := strings.LastIndexByte(address, '@')
	name, _, _ := strings.Cut(address[:at], "+")
	host := address[at+1:]
	return strings.ReplaceAll(name, ".", "") + "@" + cmp.Or(oneHost[host], host)
}
