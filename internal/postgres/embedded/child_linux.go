package embedded

import "syscall"

// capDacReadSearch lets a process enter any folder, see capabilities(7).
const capDacReadSearch = 2

// attributes makes a program of PostgreSQL end with the hub, however the hub ends.
func attributes(as *syscall.Credential, walled bool) *syscall.SysProcAttr {
	a := &syscall.SysProcAttr{
		Credential: as,
		Setpgid:    true, // Ctrl-C is for the hub only, which finishes its requests first
		// SIGINT is PostgreSQL's fast shutdown: committed data is checkpointed, and the next start needs no recovery.
		Pdeathsig: syscall.SIGINT,
	}
	if walled {
		a.AmbientCaps = []uintptr{capDacReadSearch}
	}
	return a
}
