package outbox

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// Post sends emails out of the hub, and returns for each what went wrong.
type Post func(context.Context, []*mail.Msg) []error

// patience is how long a mail server may take for all the emails that are handed to it at once. It is shorter than the first
// pause, so that no other worker takes the same email in the meantime.
const patience = 20 * time.Second

// ByMail sends messages as emails. The Message-ID is the message's own: somebody who gets one twice can recognise that.
func ByMail(post Post, from *netmail.Address) Carrier {
	return func(ctx context.Context, letters []*Letter) {
		var mails []*mail.Msg
		var written []*Letter
		for _, l := range letters {
			m, err := l.mail(from)
			if l.Failure = err; err == nil {
				mails, written = append(mails, m), append(written, l)
			}
		}
		if len(mails) == 0 {
			return
		}
		for i, err := range post(ctx, mails) {
			written[i].Failure = err
		}
	}
}

func (l *Letter) mail(from *netmail.Address) (*mail.Msg, error) {
	m := mail.NewMsg()
	if err := m.To(*l.Address); err != nil {
		return nil, err
	}
	m.FromMailAddress(from)
	m.Subject(l.Subject)
	m.SetDateWithValue(l.CreatedAt)
	m.SetMessageIDWithValue(fmt.Sprintf("%s@jastarhub", l.ID))
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("Content-Language", textLanguage(l.Language))
	m.SetBodyString(mail.TypeTextPlain, l.Body)
	return m, nil
}

// SMTP hands emails to a server: smtp://user:password@host:587 with STARTTLS, smtps://… with TLS from the start. Without
// encryption it connects to the same machine only.
func SMTP(address string) (Post, error) {
	server, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("it is not a URL") // the error would quote the password
	}
	options := []mail.Option{mail.WithTimeout(patience)}
	var secured *tls.Config
	port := 587
	switch server.Scheme {
	case "smtp":
		options = append(options, mail.WithTLSPolicy(policyFor(server.Hostname())))
	case "smtps":
		port = 465
		secured = &tls.Config{ServerName: server.Hostname(), MinVersion: tls.VersionTLS12}
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic)) // the connection is already encrypted
	default:
		return nil, fmt.Errorf("the scheme is %q: it must be smtp or smtps", server.Scheme)
	}
	if server.Port() != "" {
		if port, err = strconv.Atoi(server.Port()); err != nil {
			return nil, err
		}
	}
	options = append(options, mail.WithPort(port))
	if password, _ := server.User.Password(); server.User != nil {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover),
			mail.WithUsername(server.User.Username()), mail.WithPassword(password))
	}
	client := func(ctx context.Context) (*mail.Client, error) {
		return mail.NewClient(server.Hostname(), append(options[:len(options):len(options)], mail.WithDialContextFunc(until(ctx, secured)))...)
	}
	if _, err := client(context.Background()); err != nil {
		return nil, err
	}
	return func(ctx context.Context, mails []*mail.Msg) []error {
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		c, whole := client(ctx)
		if whole == nil {
			whole = c.DialAndSendWithContext(ctx, mails...) // over one connection
		}
		failures := make([]error, len(mails))
		for i, m := range mails {
			if failures[i] = m.SendError(); failures[i] == nil && !m.IsDelivered() {
				failures[i] = whole
			}
		}
		return failures
	}, nil
}

// until dials connections that are closed when ctx is done: the library itself would go on waiting for a connected server.
func until(ctx context.Context, secured *tls.Config) mail.DialContextFunc {
	return func(dialling context.Context, network, address string) (net.Conn, error) {
		var plain net.Dialer
		conn, err := plain.DialContext(dialling, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(ctx, func() { _ = conn.Close() })
		if secured == nil {
			return conn, nil
		}
		return tls.Client(conn, secured), nil
	}
}

func policyFor(host string) mail.TLSPolicy {
	address, err := netip.ParseAddr(host)
	if host == "localhost" || err == nil && address.IsLoopback() {
		return mail.TLSOpportunistic
	}
	return mail.TLSMandatory
}

// Folder writes emails as .eml files, named by their ids, for a hub without a mail server.
func Folder(dir string) Post {
	return func(_ context.Context, mails []*mail.Msg) []error {
		failures := make([]error, len(mails))
		for i, m := range mails {
			failures[i] = writeInto(dir, m)
		}
		return failures
	}
}

func writeInto(dir string, m *mail.Msg) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	id, _, _ := strings.Cut(strings.TrimPrefix(m.GetMessageID(), "<"), "@")
	file, err := os.CreateTemp(dir, ".mail-*") // readable by its owner only
	if err != nil {
		return err
	}
	_, err = m.WriteTo(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return os.Rename(file.Name(), filepath.Join(dir, id+".eml"))
}
