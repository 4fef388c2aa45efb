// Command mcp serves the questions of the decision protocol as tools for an assistant,
// by the Model Context Protocol on standard input and output. Package protocol answers;
// this program describes the questions, names the facts that are missing, and says in
// words what was found. It keeps and logs nothing of what it is asked.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const instructions = `Decides Italian on-call work (lavoro intermittente) by the law of the edition named in each answer.
Give only facts that the user told you and leave out the rest: the answer names what is missing. Never guess a fact, and never call "undetermined" clear.
Days are "2025-07-23", instants carry an offset ("2025-07-23T18:00:00+02:00"), amounts are strings ("1200.00").
The first text of a result is the summary for the user: keep its sources. Prefer questions that need no names and no tax codes.`

func main() {
	o := options{clock: time.Now}
	flag.StringVar(&o.lang, "language", "it", "language of summaries and forms, it or en")
	flag.BoolVar(&o.brief, "brief", false, "leave out of the structured results too the rules that are kept and the links of the sources")
	flag.Parse()
	// What went wrong with the connection is not told: the error may quote what was read.
	if serve(o).Run(context.Background(), &mcp.StdioTransport{}) != nil {
		fmt.Fprintln(os.Stderr, "mcp: the connection ended with an error")
		os.Exit(1)
	}
}

type options struct {
	clock func() time.Time // read where a question has a now that the caller left out
	lang  string
	brief bool
}

// serve returns the server, with a tool for each question.
func serve(o options) *mcp.Server {
	s := mcp.NewServer(&mcp.Implementation{Name: "intermittente", Title: "Lavoro intermittente", Version: law.Edition},
		&mcp.ServerOptions{Instructions: instructions, Capabilities: &mcp.ServerCapabilities{}})
	no := false
	for _, t := range tools(o) {
		s.AddTool(&mcp.Tool{
			Name: t.name, Title: titles[t.ask].In(o.lang), Description: t.description, InputSchema: t.in, OutputSchema: t.out,
			Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, DestructiveHint: &no, OpenWorldHint: &no},
		}, t.call)
	}
	return s
}

// multiRound is the first version of MCP in which a server returns what it wants to ask
// the user; in those before it sends a request of its own.
const multiRound = "2026-07-28"

// call answers one call. What is missing is asked of the user once, where the client can
// show a form; what is missing still is listed in the result.
func (t *tool) call(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
	a := t.answer(req.Params.Arguments)
	asked, client := t.asked(a, req.Params.Arguments), req.Session.InitializeParams()
	if len(asked) == 0 || !showsForms(client) {
		return t.result(a), nil
	}
	reply, _ := req.Params.InputResponses["facts"].(*mcp.ElicitResult)
	switch {
	case len(req.Params.InputResponses) > 0: // the second round
	case client.ProtocolVersion >= multiRound:
		return &mcp.CallToolResult{InputRequests: mcp.InputRequestMap{"facts": t.form(asked)}}, nil
	default:
		reply, _ = req.Session.Elicit(ctx, t.form(asked)) // where asking fails, the result lists
	}
	if reply != nil && reply.Action == "accept" {
		a = t.answer(t.fill(req.Params.Arguments, asked, reply.Content))
	}
	return t.result(a), nil
}

func showsForms(client *mcp.InitializeParams) bool {
	if client == nil || client.Capabilities == nil || client.Capabilities.Elicitation == nil {
		return false
	}
	e := client.Capabilities.Elicitation
	return e.Form != nil || e.URL == nil // neither: a client older than the distinction
}
