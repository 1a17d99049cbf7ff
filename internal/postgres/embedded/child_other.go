//go:build unix && !linux

package embedded

import "syscall"

// attributes cannot tie a child's life to the hub's on this system: after a kill -9 of the hub the server runs on, and the next
// start says so.
func attributes(as *syscall.Credential, _ bool) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: as, Setpgid: true}
}
