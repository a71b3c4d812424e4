// Reads a passport with Java's standard library alone (11 or newer):
// TENCENTCLOUD_SECRET_KEY=… java Tc3.java http://10.0.0.5:8000 AKIDexample passport.jpg
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Tc3 {
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] sign(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(bytes(text));
    }

    static String hex(byte[] content) {
        StringBuilder text = new StringBuilder();
        for (byte one : content) text.append(String.format("%02x", one));
        return text.toString();
    }

    static String hash(byte[] content) throws Exception {
        return hex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    public static void main(String[] arguments) throws Exception {
        URI endpoint = URI.create(arguments[0] + "/");
        String secretId = arguments[1], secretKey = System.getenv("TENCENTCLOUD_SECRET_KEY");
        String picture = Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(arguments[2])));
        byte[] body = bytes("{\"ImageBase64\":\"" + picture + "\"}");

        Instant now = Instant.now();
        String timestamp = Long.toString(now.getEpochSecond());
        String date = now.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        String scope = date + "/ocr/tc3_request";
        String canonical = "POST\n/\n\ncontent-type:application/json\nhost:" + endpoint.getAuthority()
            + "\n\ncontent-type;host\n" + hash(body);
        String text = "TC3-HMAC-SHA256\n" + timestamp + "\n" + scope + "\n" + hash(bytes(canonical));
        byte[] key = sign(sign(sign(bytes("TC3" + secretKey), date), "ocr"), "tc3_request");
        String authorization = "TC3-HMAC-SHA256 Credential=" + secretId + "/" + scope
            + ", SignedHeaders=content-type;host, Signature=" + hex(sign(key, text));

        HttpRequest request = HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .header("X-TC-Action", "MLIDPassportOCR")
            .header("X-TC-Version", "2018-11-19")
            .header("X-TC-Timestamp", timestamp)
            .header("Authorization", authorization)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        System.out.write(client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
        System.out.flush();
    }
}
