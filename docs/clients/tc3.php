<?php
// Reads a passport with PHP alone, without extensions:
// TENCENTCLOUD_SECRET_KEY=… php tc3.php http://10.0.0.5:8000 AKIDexample passport.jpg
[, $endpoint, $secretId, $file] = $argv;
$secretKey = getenv("TENCENTCLOUD_SECRET_KEY");
$host = preg_replace("#^https?://#", "", $endpoint);
$body = json_encode(["ImageBase64" => base64_encode(file_get_contents($file))]);

$timestamp = time();
$date = gmdate("Y-m-d", $timestamp);
$scope = "$date/ocr/tc3_request";
$canonical = "POST\n/\n\ncontent-type:application/json\nhost:$host\n\ncontent-type;host\n" . hash("sha256", $body);
$text = "TC3-HMAC-SHA256\n$timestamp\n$scope\n" . hash("sha256", $canonical);
$key = "TC3$secretKey";
foreach ([$date, "ocr", "tc3_request"] as $part) {
    $key = hash_hmac("sha256", $part, $key, true);
}
$signature = hash_hmac("sha256", $text, $key);

echo file_get_contents("$endpoint/", false, stream_context_create(["http" => [
    "method" => "POST",
    "header" => [
        "Content-Type: application/json",
        "X-TC-Action: MLIDPassportOCR",
        "X-TC-Version: 2018-11-19",
        "X-TC-Timestamp: $timestamp",
        "Authorization: TC3-HMAC-SHA256 Credential=$secretId/$scope, SignedHeaders=content-type;host, Signature=$signature",
    ],
    "content" => $body,
]]));
