package email

import (
	"cmp"
	"strings"
)

// oneHost maps hosts to the host that has the same mailboxes.
var oneHost = map[string]string{"googlemail.com": "gmail.com", "ya.ru": "yandex.ru", "narod.ru": "yandex.ru",
	"yandex.az": "yandex.ru", "yandex.by": "yandex.ru", "yandex.co.il": "yandex.ru", "yandex.com": "yandex.ru", "yandex.com.am": "yandex.ru",
	"yandex.com.ge": "yandex.ru", "yandex.com.tr": "yandex.ru", "yandex.ee": "yandex.ru", "yandex.fr": "yandex.ru", "yandex.kg": "yandex.ru",
	"yandex.kz": "yandex.ru", "yandex.lt": "yandex.ru", "yandex.lv": "yandex.ru", "yandex.md": "yandex.ru", "yandex.tj": "yandex.ru",
	"yandex.tm": "yandex.ru", "yandex.ua": "yandex.ru", "yandex.uz": "yandex.ru"}

// alike replaces characters that a host treats as equal in a mailbox's name.
var alike = map[string]*strings.Replacer{"gmail.com": strings.NewReplacer(".", ""), "yandex.ru": strings.NewReplacer("-", ".")}

// Mailbox returns the folded address without the parts that its host ignores: two addresses of different mailboxes never have the
// same result.
func Mailbox(address string) string {
	name, host := parts(address)
	if replacer := alike[host]; replacer != nil {
		name = replacer.Replace(name)
	}
	return name + "@" + host
}

// Same reports whether emails to two folded addresses may reach one mailbox: dots, and anything after a plus, are ignored.
func Same(a, b string) bool { return reaches(a) == reaches(b) }

func reaches(address string) string {
	name, host := parts(address)
	return strings.ReplaceAll(name, ".", "") + "@" + host
}

// parts returns a mailbox's name without anything after a plus, and its host.
func parts(address string) (name, host string) {
	at := strings.LastIndexByte(address, '@')
	name, _, _ = strings.Cut(address[:at], "+")
	host = address[at+1:]
	return cmp.Or(name, address[:at]), cmp.Or(oneHost[host], host)
}
