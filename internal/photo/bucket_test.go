package photo

import (
	"os"
	"testing"

	"github.com/google/uuid"
)

// TestEraseLeavesNoFolder, in a bucket that is a folder.
func TestEraseLeavesNoFolder(t *testing.T) {
	t.Parallel()
	folder, id := t.TempDir(), uuid.New()
	bucket, err := OpenBucket(t.Context(), "", folder)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bucket.Close() }()
	if err := write(t.Context(), bucket, id, &picture{}); err != nil {
		t.Fatal(err)
	}
	if err := erase(t.Context(), bucket, id); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}
