// Reads a passport with Go's standard library alone:
// TENCENTCLOUD_SECRET_KEY=… go run tc3.go http://10.0.0.5:8000 AKIDexample passport.jpg
package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"time"
)

func sign(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

func hash(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	endpoint, err := url.Parse(os.Args[1])
	check(err)
	secretId, secretKey := os.Args[2], os.Getenv("TENCENTCLOUD_SECRET_KEY")
	picture, err := os.ReadFile(os.Args[3])
	check(err)
	body, err := json.Marshal(map[string]any{"ImageBase64": base64.StdEncoding.EncodeToString(picture)})
	check(err)

	now := time.Now().UTC()
	timestamp, date := strconv.FormatInt(now.Unix(), 10), now.Format("2006-01-02")
	scope := date + "/ocr/tc3_request"
	canonical := "POST\n/\n\ncontent-type:application/json\nhost:" + endpoint.Host + "\n\ncontent-type;host\n" + hash(body)
	text := "TC3-HMAC-SHA256\n" + timestamp + "\n" + scope + "\n" + hash([]byte(canonical))
	key := sign(sign(sign([]byte("TC3"+secretKey), date), "ocr"), "tc3_request")
	signature := hex.EncodeToString(sign(key, text))

	request, err := http.NewRequest("POST", endpoint.String()+"/", bytes.NewReader(body))
	check(err)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("X-TC-Action", "MLIDPassportOCR")
	request.Header.Set("X-TC-Version", "2018-11-19")
	request.Header.Set("X-TC-Timestamp", timestamp)
	request.Header.Set("Authorization", "TC3-HMAC-SHA256 Credential="+secretId+"/"+scope+
		", SignedHeaders=content-type;host, Signature="+signature)
	answer, err := http.DefaultClient.Do(request)
	check(err)
	defer answer.Body.Close()
	_, err = io.Copy(os.Stdout, answer.Body)
	check(err)
}
