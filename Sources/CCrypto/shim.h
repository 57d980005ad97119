#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Seconds from 1970-01-01T00:00:00Z to an ASN.1 time; 0 means the time is malformed.
// OpenSSL counts the days itself, so `struct tm` and the C library stay out of it.
static inline int till_asn1_time_to_unix_seconds(const ASN1_TIME *time, int64_t *seconds) {
  ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
  int days = 0;
  int rest = 0;
  int done = epoch != NULL && ASN1_TIME_diff(&days, &rest, epoch, time) == 1;
  ASN1_TIME_free(epoch);
  *seconds = (int64_t)days * 86400 + rest;
  return done;
}

// An EVP_MAC context for HMAC-SHA256 under a key; NULL if the library refuses.
// In C because OSSL_PARAM arrays are awkward to build in Swift.
static inline EVP_MAC_CTX *till_hmac_sha256_new(const void *key, size_t size) {
  EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
  EVP_MAC_CTX *context = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;
  EVP_MAC_free(mac);
  OSSL_PARAM parameters[2] = {
      OSSL_PARAM_construct_utf8_string("digest", (char *)"SHA256", 0),
      OSSL_PARAM_construct_end(),
  };
  // A NULL key would mean "keep the one before", so an empty key needs an address too.
  const unsigned char *bytes = (const unsigned char *)(key != NULL ? key : "");
  if (context != NULL && EVP_MAC_init(context, bytes, size, parameters) != 1) {
    EVP_MAC_CTX_free(context);
    context = NULL;
  }
  return context;
}

// One code under the key of a template context, which is only read: many threads may share it.
static inline int till_hmac_sha256_code(
    const EVP_MAC_CTX *keyed, const void *message, size_t size, unsigned char *code) {
  EVP_MAC_CTX *context = EVP_MAC_CTX_dup(keyed);
  size_t written = 0;
  int done = context != NULL &&
             EVP_MAC_update(context, (const unsigned char *)message, size) == 1 &&
             EVP_MAC_final(context, code, &written, 32) == 1 && written == 32;
  EVP_MAC_CTX_free(context);
  return done;
}

// RSA keys: the generator, PKCS#8 output, and PKCS#1 v1.5 padding set in so many words.
static inline EVP_PKEY *till_rsa_generate(int bits) { return EVP_RSA_gen((unsigned int)bits); }

static inline int till_private_key_pkcs8(EVP_PKEY *key, unsigned char **output) {
  PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key);
  int size = info != NULL ? i2d_PKCS8_PRIV_KEY_INFO(info, output) : -1;
  PKCS8_PRIV_KEY_INFO_free(info);
  return size;
}

static inline int till_rsa_sign_begin(EVP_MD_CTX *context, const EVP_MD *digest, EVP_PKEY *key) {
  EVP_PKEY_CTX *settings = NULL;
  return EVP_DigestSignInit(context, &settings, digest, NULL, key) == 1 &&
         EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PADDING) == 1;
}

static inline int till_rsa_verify_begin(EVP_MD_CTX *context, const EVP_MD *digest, EVP_PKEY *key) {
  EVP_PKEY_CTX *settings = NULL;
  return EVP_DigestVerifyInit(context, &settings, digest, NULL, key) == 1 &&
         EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PADDING) == 1;
}

// AES-256-GCM, 12-byte nonce, 16-byte tag behind the ciphertext.
static inline int till_aes_256_gcm_seal(
    const EVP_CIPHER *cipher, const void *key, const unsigned char *nonce,
    const unsigned char *associated, int associated_size, const unsigned char *plaintext,
    int size, unsigned char *output) {
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
  int part = 0;
  int rest = 0;
  int done =
      context != NULL &&
      EVP_EncryptInit_ex2(context, cipher, (const unsigned char *)key, nonce, NULL) == 1 &&
      (associated_size == 0 ||
       EVP_EncryptUpdate(context, NULL, &part, associated, associated_size) == 1) &&
      (size == 0 || EVP_EncryptUpdate(context, output, &part, plaintext, size) == 1) &&
      EVP_EncryptFinal_ex(context, output + size, &rest) == 1 &&
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, 16, output + size) == 1;
  EVP_CIPHER_CTX_free(context);
  return done;
}

static inline int till_aes_256_gcm_open(
    const EVP_CIPHER *cipher, const void *key, const unsigned char *nonce,
    const unsigned char *associated, int associated_size, const unsigned char *sealed, int size,
    unsigned char *output) {
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
  unsigned char end[16];
  int part = 0;
  int rest = 0;
  int done =
      context != NULL &&
      EVP_DecryptInit_ex2(context, cipher, (const unsigned char *)key, nonce, NULL) == 1 &&
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, (void *)(sealed + size)) == 1 &&
      (associated_size == 0 ||
       EVP_DecryptUpdate(context, NULL, &part, associated, associated_size) == 1) &&
      (size == 0 || EVP_DecryptUpdate(context, output, &part, sealed, size) == 1) &&
      EVP_DecryptFinal_ex(context, end, &rest) == 1;
  EVP_CIPHER_CTX_free(context);
  return done;
}

// PKCS#1 v1.5 decryption with a private key; 1 where it worked.
static inline int till_rsa_decrypt(
    EVP_PKEY *key, const unsigned char *sealed, size_t sealed_size, unsigned char *output,
    size_t *output_size) {
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
  int done = context != NULL && EVP_PKEY_decrypt_init(context) == 1 &&
             EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1 &&
             EVP_PKEY_decrypt(context, output, output_size, sealed, sealed_size) == 1;
  EVP_PKEY_CTX_free(context);
  return done;
}

// AES-128-ECB with PKCS#7 padding; how many bytes came out, or -1.
static inline int till_aes_128_ecb_open(
    const EVP_CIPHER *cipher, const unsigned char *key, const unsigned char *sealed, int size,
    unsigned char *output) {
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
  int part = 0;
  int rest = 0;
  int done = context != NULL && EVP_DecryptInit_ex2(context, cipher, key, NULL, NULL) == 1 &&
             EVP_DecryptUpdate(context, output, &part, sealed, size) == 1 &&
             EVP_DecryptFinal_ex(context, output + part, &rest) == 1;
  EVP_CIPHER_CTX_free(context);
  return done ? part + rest : -1;
}
