package postgres

import "github.com/google/uuid"

// NewID returns an id for a new row: a UUIDv7, so that ids are in the order of creation.
func NewID() uuid.UUID { return uuid.Must(uuid.NewV7()) }
