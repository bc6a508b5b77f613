import { goContent, goHash, goKey } from '../cures';
import type { SignatureScheme } from '../signature';

export function goHandler(scheme: SignatureScheme): string {
  const { algorithm, encoding, secretEncoding, timestampUnit } = scheme;
  const imports = [
    ...['context', 'crypto/hmac', `crypto/${algorithm}`],
    ...(encoding !== 'hex' || secretEncoding === 'base64' ? ['encoding/base64'] : []),
    ...(encoding === 'hex' || secretEncoding === 'hex' ? ['encoding/hex'] : []),
    ...['encoding/json', 'io', 'log', 'math', 'net', 'net/http', 'os', 'os/signal'],
    ...(timestampUnit === 'iso' ? [] : ['strconv']),
    ...['strings', 'sync', 'time'],
  ];
  const seconds = {
    s: `seconds, err := strconv.ParseFloat(r.Header.Get("X-Signature-Timestamp"), 64)`,
    ms: `millis, err := strconv.ParseFloat(r.Header.Get("X-Signature-Timestamp"), 64)
	seconds := millis / 1000`,
    iso: `signedAt, err := time.Parse(time.RFC3339Nano, r.Header.Get("X-Signature-Timestamp"))
	seconds := float64(signedAt.UnixMilli()) / 1000`,
  }[timestampUnit];
  return `// EccaEx webhooks in Go 1.19 or later, with the standard library alone.
//
//	ECCAEX_WEBHOOK_SECRET=… PORT=3000 go run webhook.go
//	then: eccaex check http://127.0.0.1:3000/webhook
//
//  1. It keeps the raw bytes: the signature covers them, and JSON that is parsed and written again has others.
//  2. It verifies before it reads: in constant time, and no event that was signed more than 5 minutes ago.
//  3. It takes each event once: the vendor sends an event again until it gets a 2xx within 15 seconds.
//  4. It saves, responds, and a worker does the rest.
//
// The vendor documents the headers, not what the signature covers: isGenuine is an assumption until a real webhook has
// verified. If one does not, "eccaex verify" says why.
package main

import (
${imports.map((name) => `\t"${name}"`).join('\n')}
)

const (
	toleranceSeconds = 300
	largestBody      = 1 << 20
)

type event struct {
	EventID    string \`json:"event_id"\`
	ExternalID string \`json:"external_id"\`
	Status     string \`json:"status"\`
}

// store stands for your database: a table of events with a unique index on event_id, and your orders. Save the event
// before you respond: after a 2xx the vendor never sends it again.
type store struct {
	mutex  sync.Mutex
	events map[string]event
	orders map[string]string
}

// save is false where the event was here before: it is sent again whenever a response was late or lost.
func (s *store) save(e event) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if _, known := s.events[e.EventID]; known {
		return false
	}
	s.events[e.EventID] = e
	return true
}

// fulfil is the work, after the response. Events can overtake each other: what was paid stays paid.
func (s *store) fulfil(e event) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if e.Status == "" {
		if parts := strings.Split(e.EventID, ":"); len(parts) > 2 {
			e.Status = parts[len(parts)-2]
		}
	}
	if s.orders[e.ExternalID] == "success" {
		return
	}
	s.orders[e.ExternalID] = e.Status
	log.Printf("order %q is %q", e.ExternalID, e.Status)
}

// isGenuine says whether the vendor has sent these very bytes, now.
func isGenuine(key []byte, r *http.Request, rawBody []byte) bool {
	${seconds}
	age := float64(time.Now().UnixMilli())/1000 - seconds
	if err != nil || !(math.Abs(age) <= toleranceSeconds) {
		return false
	}
	signed := ${goContent(scheme)}
	${goHash(scheme).split('; ').join('\n\t')}
	return hmac.Equal([]byte(r.Header.Get("X-Signature")), []byte(expected))
}

func main() {
	secret := strings.TrimSpace(os.Getenv("ECCAEX_WEBHOOK_SECRET"))
	if secret == "" {
		log.Fatal("Set ECCAEX_WEBHOOK_SECRET to the webhook secret.")
	}
	${goKey(scheme, 'secret')}
${secretEncoding === 'utf8' ? '' : '\tif err != nil {\n\t\tlog.Fatal("ECCAEX_WEBHOOK_SECRET cannot be decoded.")\n\t}\n'}	s := &store{events: map[string]event{}, orders: map[string]string{}}
	work := make(chan event, 1024)
	go func() {
		for e := range work {
			s.fulfil(e)
		}
	}()

	mux := http.NewServeMux()
	mux.HandleFunc("/webhook", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		rawBody, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestBody))
		if err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		}
		if !isGenuine(key, r, rawBody) {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		var e event
		if json.Unmarshal(rawBody, &e) != nil || e.EventID == "" || e.ExternalID == "" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		isNew := s.save(e)
		w.WriteHeader(http.StatusNoContent)
		if isNew {
			work <- e
		}
	})

	host, port := os.Getenv("HOST"), os.Getenv("PORT")
	if host == "" {
		host = "127.0.0.1"
	}
	if port == "" {
		port = "3000"
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(host, port))
	if err != nil {
		log.Fatal(err)
	}
	server := &http.Server{Handler: mux, ReadTimeout: 15 * time.Second, WriteTimeout: 15 * time.Second}
	interrupted, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	go func() {
		<-interrupted.Done()
		_ = server.Shutdown(context.Background())
	}()
	log.Printf("listening on port %d", listener.Addr().(*net.TCPAddr).Port)
	if err := server.Serve(listener); err != http.ErrServerClosed {
		log.Fatal(err)
	}
}
`;
}
