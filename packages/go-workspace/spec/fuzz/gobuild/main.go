// Says what go/build reads in Go files: the second opinion on our own reading.
//
// Each file comes on standard input as its length, four bytes with the highest first, and its bytes. The answer is a line of JSON with
// one reading for each of the contexts below.
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"go/build"
	"go/token"
	"io"
	"io/fs"
	"os"
	"sort"
	"time"
)

// Reading is what becomes of a file in one context.
type Reading struct {
	Refusal string
	Taken   bool
	Package string
	Imports []Place
	Embeds  []Place
}

// Place is an import path or an embed pattern, and its line.
type Place struct {
	Text string
	Line int
}

func main() {
	in := bufio.NewReader(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	for {
		var length uint32
		if err := binary.Read(in, binary.BigEndian, &length); err != nil {
			return
		}
		text := make([]byte, length)
		if _, err := io.ReadFull(in, text); err != nil {
			panic(err)
		}
		var readings []Reading
		for _, context := range []build.Context{
			contextFor("amd64", "amd64.v1", false), contextFor("arm64", "arm64.v8.0", false),
			contextFor("amd64", "amd64.v1", true), contextFor("arm64", "arm64.v8.0", true),
		} {
			readings = append(readings, read(context, text))
		}
		if err := out.Encode(readings); err != nil {
			panic(err)
		}
	}
}

func contextFor(architecture, feature string, cgo bool) build.Context {
	return build.Context{
		GOOS: "linux", GOARCH: architecture, Compiler: "gc", CgoEnabled: cgo,
		ToolTags: []string{feature}, ReleaseTags: build.Default.ReleaseTags,
	}
}

func read(context build.Context, text []byte) Reading {
	context.IsDir = func(string) bool { return true }
	context.ReadDir = func(string) ([]fs.FileInfo, error) { return []fs.FileInfo{file{}}, nil }
	context.OpenFile = func(string) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(text)), nil }
	found, err := context.ImportDir("/package", 0)
	var none *build.NoGoError
	if errors.As(err, &none) {
		return Reading{}
	}
	if err != nil {
		return Reading{Refusal: err.Error()}
	}
	return Reading{
		Taken: true, Package: found.Name,
		Imports: places(found.ImportPos), Embeds: places(found.EmbedPatternPos),
	}
}

func places(positions map[string][]token.Position) []Place {
	all := []Place{}
	for text, of := range positions {
		for _, position := range of {
			all = append(all, Place{text, position.Line})
		}
	}
	sort.Slice(all, func(i, j int) bool {
		return all[i].Line < all[j].Line || all[i].Line == all[j].Line && all[i].Text < all[j].Text
	})
	return all
}

// The one file of the package.
type file struct{}

func (file) Name() string       { return "file.go" }
func (file) Size() int64        { return 0 }
func (file) Mode() fs.FileMode  { return 0o644 }
func (file) ModTime() time.Time { return time.Time{} }
func (file) IsDir() bool        { return false }
func (file) Sys() any           { return nil }
