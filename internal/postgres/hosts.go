package postgres

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/lib/pq"
)

// alone returns the URL, or key=value string, of each host by itself.
func alone(address string, config pq.Config) ([]string, error) {
	hosts := append([]pq.ConfigMultihost{{Host: config.Host, Hostaddr: config.Hostaddr, Port: config.Port}}, config.Multi...)
	addresses := make([]string, len(hosts))
	for i, h := range hosts {
		one := map[string]string{"host": h.Host, "port": strconv.Itoa(int(h.Port))}
		if h.Hostaddr.IsValid() {
			one["hostaddr"] = h.Hostaddr.String()
		}
		var err error
		if addresses[i], err = with(address, one); err != nil {
			return nil, err
		}
	}
	return addresses, nil
}

// with returns the URL, or key=value string, with parameters that replace its own.
func with(address string, parameters map[string]string) (string, error) {
	if !isURL(address) {
		for _, name := range slices.Sorted(maps.Keys(parameters)) {
			address += fmt.Sprintf(" %s='%s'", name, strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(parameters[name]))
		}
		return address, nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	query := u.Query()
	for name, value := range parameters {
		query.Set(name, value)
	}
	if _, ok := parameters["host"]; ok {
		u.Host = ""
	}
	u.Path, u.RawQuery = cmp.Or(u.Path, "/"), query.Encode() // a URL of nothing but parameters would lose its slashes
	return u.String(), nil
}

func isURL(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// spread converts a URL with several hosts, each with or without a port of its own, to the form that both Go's net/url and pq
// accept: with hosts and ports as parameters.
func spread(address string) (string, error) {
	if !isURL(address) {
		return address, nil
	}
	scheme, rest, _ := strings.Cut(address, "://")
	end := strings.IndexAny(rest+"/", "/?#")
	authority, tail := rest[:end], rest[end:]
	at := strings.LastIndex(authority, "@") + 1
	if !strings.Contains(authority[at:], ",") {
		return address, nil
	}
	var hosts, ports []string
	anyPort := false
	for host := range strings.SplitSeq(authority[at:], ",") {
		port := "5432"
		if colon := strings.LastIndex(host, ":"); colon > strings.LastIndex(host, "]") {
			host, port, anyPort = host[:colon], host[colon+1:], true
		}
		hosts, ports = append(hosts, strings.Trim(host, "[]")), append(ports, port)
	}
	parameters := map[string]string{"host": strings.Join(hosts, ",")}
	if anyPort {
		parameters["port"] = strings.Join(ports, ",")
	}
	return with(scheme+"://"+authority[:at]+tail, parameters)
}
