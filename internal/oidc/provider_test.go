package oidc

import "testing"

func TestSettings(t *testing.T) {
	for s, good := range map[Settings]bool{
		{}: true,
		{Issuer: "https://id.example", ClientID: "hub"}:                   true,
		{Issuer: "https://id.example/realms/city", ClientID: "hub"}:       true,
		{Issuer: "http://127.0.0.1:9000", ClientID: "hub"}:                true,
		{Issuer: "http://localhost:9000", ClientID: "hub"}:                true,
		{Issuer: "http://[::1]:9000", ClientID: "hub", ClientSecret: "x"}: true,
		{Issuer: "http://id.example", ClientID: "hub"}:                    false,
		{Issuer: "id.example", ClientID: "hub"}:                           false,
		{Issuer: "ftp://id.example", ClientID: "hub"}:                     false,
		{Issuer: "https://id.example"}:                                    false,
		{ClientID: "hub"}:                                                 false,
		{ClientSecret: "x"}:                                               false,
	} {
		if err := s.Check(); (err == nil) != good {
			t.Errorf("%+v: %v", s, err)
		}
	}
}

func TestLocal(t *testing.T) {
	for returnTo, want := range map[string]string{"": "/", "/": "/", "/tasks?free=1&text=%D3%99": "/tasks?free=1&text=%D3%99", "tasks": "/",
		"//evil.example": "/", `/\evil.example`: "/", "https://evil.example": "/", "/a#b": "/", "/a b": "/", "/a\x7f": "/", "/ә": "/"} {
		if got := local(returnTo); got != want {
			t.Errorf("%q leads to %q, want %q", returnTo, got, want)
		}
	}
}
