// Package migrations holds the database's schema: forward only, applied in the order of the numbers.
package migrations

import "embed"

// FS holds the migrations.
//
//go:embed 0*.sql
var FS embed.FS
