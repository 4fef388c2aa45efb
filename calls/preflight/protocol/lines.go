package protocol

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// Lines answers every line of in on out, as [Engine.Lines] does with nothing loaded.
func Lines(in io.Reader, out io.Writer) error { return Engine{}.Lines(in, out) }

// Lines answers every line of in on out, in order, a line each. A byte order mark before
// the first line is no part of it, and a line that is too long is not kept in memory.
// The error is that of reading or writing.
func (e Engine) Lines(in io.Reader, out io.Writer) error {
	r, w := bufio.NewReaderSize(in, 64<<10), bufio.NewWriter(out)
	if mark, _ := r.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
		_, _ = r.Discard(len(mark))
	}
	for {
		line, err := readLine(r)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if len(line) > 0 || err == nil {
			if _, werr := w.Write(append(e.Answer(line), '\n')); werr != nil {
				return werr
			}
		}
		if err != nil {
			return w.Flush()
		}
		if r.Buffered() == 0 { // an interactive caller waits for this answer
			if err := w.Flush(); err != nil {
				return err
			}
		}
	}
}

const byteOrderMark = "\ufeff"

// readLine returns the next line without its end; of a line that is too long only so
// much that it can be refused. The error is io.EOF with the last line.
func readLine(r *bufio.Reader) (line []byte, err error) {
	for {
		part, err := r.ReadSlice('\n')
		part = bytes.TrimSuffix(part, []byte("\n"))
		line = append(line, part[:min(len(part), MaxLine+1-len(line))]...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}
