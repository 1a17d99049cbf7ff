package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the user who runs the server. PostgreSQL refuses to run as root, so root needs another user.
type account struct {
	name string
	cred *syscall.Credential // nil: the hub's own user
}

// accountFor returns the owner of the data if there is any, otherwise `postgres`, otherwise `nobody`.
func accountFor(data string) (account, error) {
	if os.Geteuid() != 0 {
		return account{}, nil
	}
	if uid, gid, err := owner(data); err == nil && uid != 0 {
		return account{fmt.Sprint("with the id ", uid), &syscall.Credential{Uid: uid, Gid: gid}}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(err1, err2); err != nil {
			return account{}, err
		}
		return account{name, &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return account{}, errors.New("PostgreSQL does not run as root, and there is neither a user postgres nor nobody: " +
		"start the hub as another user")
}

func owner(path string) (uid, gid uint32, err error) {
	info, err := os.Lstat(path)
	if err != nil {
		return 0, 0, err
	}
	stat := info.Sys().(*syscall.Stat_t)
	return stat.Uid, stat.Gid, nil
}

// ownFolder makes a folder that only the account (and root) may enter. Below a temporary folder somebody else may have made it
// first, to read what is written there: that is refused.
func (a account) ownFolder(path string) error {
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return fmt.Errorf("%s is not a folder", path)
	}
	uid := info.Sys().(*syscall.Stat_t).Uid
	mine := uid == uint32(os.Geteuid()) || a.cred != nil && uid == a.cred.Uid
	if !mine {
		return fmt.Errorf("%s belongs to another user (id %d)", path, uid)
	}
	if err := a.own(path); err != nil {
		return err
	}
	return os.Chmod(path, 0o700)
}

func (a account) own(path string) error {
	if a.cred == nil {
		return nil
	}
	return os.Lchown(path, int(a.cred.Uid), int(a.cred.Gid))
}

// ownAll gives the account data that root has copied back, for example from a backup.
func (a account) ownAll(path string) error {
	if uid, _, err := owner(path); err != nil || uid != 0 || a.cred == nil {
		return err
	}
	return filepath.WalkDir(path, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return a.own(path)
	})
}

// wall returns the folder above path that keeps the account out, or "".
func (a account) wall(path string) string {
	if a.cred == nil {
		return ""
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err != nil || !a.mayEnter(info) {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

func (a account) mayEnter(info fs.FileInfo) bool {
	stat := info.Sys().(*syscall.Stat_t)
	switch {
	case stat.Uid == a.cred.Uid:
		return info.Mode()&0o100 != 0
	case stat.Gid == a.cred.Gid:
		return info.Mode()&0o010 != 0
	}
	return info.Mode()&0o001 != 0
}
