package photo

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/google/uuid"
	"gocloud.dev/blob"
	"gocloud.dev/blob/fileblob"
	_ "gocloud.dev/blob/memblob" // mem://, for trying things out
	_ "gocloud.dev/blob/s3blob"  // s3://, for several machines
	"gocloud.dev/gcerrors"
)

// OpenBucket opens the place where files are stored: the bucket of a URL, otherwise a folder, which is created.
func OpenBucket(ctx context.Context, url, folder string) (*blob.Bucket, error) {
	if url != "" {
		return blob.OpenBucket(ctx, url)
	}
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	return fileblob.OpenBucket(folder, &fileblob.Options{CreateDir: true, DirFileMode: 0o700, NoTempDir: true, Metadata: fileblob.MetadataDontWrite})
}

// CheckBucket returns what is wrong with a bucket's URL.
func CheckBucket(url string) error {
	for _, scheme := range []string{"", "s3://", "file:///", "mem://"} {
		if strings.HasPrefix(url, scheme) && (scheme != "" || url == "") {
			return nil
		}
	}
	return fmt.Errorf("must be like s3://bucket?region=…, file:///folder or mem://")
}

// key returns the name of a file: made from the photo's own id only.
func key(id uuid.UUID, width int) string { return fmt.Sprintf("%s/%d.jpg", id, width) }

func write(ctx context.Context, bucket *blob.Bucket, id uuid.UUID, p *picture) error {
	for i, width := range widths {
		if err := bucket.WriteAll(ctx, key(id, width), p.files[i], &blob.WriterOptions{ContentType: "image/jpeg"}); err != nil {
			return err
		}
	}
	return nil
}

// erase deletes all files of a photo, including those of an interrupted upload. It may be repeated.
func erase(ctx context.Context, bucket *blob.Bucket, id uuid.UUID) error {
	left, _, err := bucket.ListPage(ctx, blob.FirstPageToken, 100, &blob.ListOptions{Prefix: id.String() + "/"})
	if err != nil {
		return err
	}
	for _, file := range left {
		if err := bucket.Delete(ctx, file.Key); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
			return err
		}
	}
	_ = bucket.Delete(ctx, id.String()) // where files are in folders, deletes the empty one; other buckets have nothing of that name
	return nil
}
