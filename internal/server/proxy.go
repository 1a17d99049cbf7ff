package server

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the networks of the proxies in front of the hub, whose headers about a request are trusted; a flag.Getter.
type Proxies []netip.Prefix

// Set reads networks, such as 10.0.0.0/8, and single addresses, separated by commas.
func (p *Proxies) Set(networks string) error {
	*p = nil
	for text := range strings.SplitSeq(networks, ",") {
		text = strings.TrimSpace(text)
		network, err := netip.ParsePrefix(text)
		if address, single := netip.ParseAddr(text); err != nil && single == nil {
			network, err = address.Prefix(address.BitLen())
		}
		if err != nil && text != "" {
			return fmt.Errorf("%q is not a network: write it as 10.0.0.0/8 or 10.1.2.3", text)
		}
		if err == nil {
			*p = append(*p, network.Masked())
		}
	}
	return nil
}

// String returns the networks in the form that Set reads.
func (p *Proxies) String() string {
	texts := make([]string, len(*p))
	for i, network := range *p {
		texts[i] = network.String()
	}
	return strings.Join(texts, ",")
}

// Get returns the networks themselves.
func (p *Proxies) Get() any { return *p }

func (p Proxies) has(address netip.Addr) bool {
	return slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(address) })
}

// before makes a request look to the handler as if the client had sent it without proxies: with the client's own address, and
// with X-Forwarded-Proto only if a trusted proxy, or one on this machine, set it.
func (p Proxies) before(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		peer, err := netip.ParseAddrPort(r.RemoteAddr)
		address := peer.Addr().Unmap()
		trusted := err == nil && p.has(address)
		if !trusted && !address.IsLoopback() {
			r.Header.Del("X-Forwarded-Proto")
		}
		if trusted {
			r.RemoteAddr = netip.AddrPortFrom(p.client(address, r.Header.Values("X-Forwarded-For")), 0).String()
		}
		next.ServeHTTP(w, r)
	})
}

// client returns the last address in X-Forwarded-For that is not a proxy's: anyone may have written those before it.
func (p Proxies) client(peer netip.Addr, forwardedFor []string) netip.Addr {
	said := strings.Split(strings.Join(forwardedFor, ","), ",")
	for _, text := range slices.Backward(said) {
		text = strings.TrimSpace(text)
		address, err := netip.ParseAddr(text)
		if withPort, is := netip.ParseAddrPort(text); err != nil && is == nil {
			address, err = withPort.Addr(), nil
		}
		if err != nil {
			break
		}
		if peer = address.Unmap(); !p.has(peer) {
			break
		}
	}
	return peer
}
