import Crypto
import Store

/// The keys of every run. They are fixed, because a signature's bytes reach the event log
/// as a digest, and one seed must make one log; they have never protected anything.
enum FixedKeys {
  /// The shop's application.
  static let merchant = key(merchantText)
  /// The gateway's own.
  static let gateway = key(gatewayText)
  /// Nobody's: what forgers sign with, and what the gateway signs with while it rotates its key.
  static let stranger = key(strangerText)

  /// What personal data is sealed under.
  static let personal: PersonalSeal = {
    let key = SecretBytes([UInt8](repeating: 7, count: PersonalSeal.keyByteCount))
    do throws(CryptoError) { return try PersonalSeal(key) } catch {
      preconditionFailure("the key has its length")
    }
  }()

  static func publicText(of key: RSAPrivateKey) -> [UInt8] {
    do throws(CryptoError) {
      return Array(try key.publicKey().pem.utf8)
    } catch {
      preconditionFailure("a good key has a public half")
    }
  }

  private static func key(_ text: String) -> RSAPrivateKey {
    do throws(CryptoError) {
      return try RSAPrivateKey(text)
    } catch {
      preconditionFailure("the fixed key is a good one")
    }
  }

  static let merchantText = """
    -----BEGIN PRIVATE KEY-----
    MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDJfpXG4QN8KxOk
    +e+pToPy5gBsJz0ofM4ESQriPt08zcYT7TAeuo9mQE19VKObmE/JzwlpDdKDCm1O
    GUeBxk4a1yXYvlqVa9h1slRlHg1Lh54KU7I1E+IVM3TDec0UhSQAAkLjjKsGAvCS
    r7eX6jqbZmA0ssYfJqA9LR+cfRL9CCAIfXtlTasG4r2cJ/hy59Onie1ahgZmmubl
    aRvUw3PbjL71RYhegQPVW7/QnrcITXnmYC2wZJ8TNpCSLoEWYMnYaYV91SI56PeQ
    W3oEnIldbpvcOyeNGX8m2nVsO2GuPA4xI6q0I8unhUSRYisTK9cSUJOzGjRc39qS
    +6aUH883AgMBAAECggEAXi1PxSJztgwORPxa86fSjWvKQ8K9V5ip1B/tudyHHH3T
    OIoShTJOhwzECzHNvJJerKUbsWH4BC6R80BmhzYQWIQ52Mnz3cYH6M7+mjqHHUfY
    atw+vYc7Ewy3ZQwfehlWv7hO2jtrzkX+epkttxAP74VUrxzl9DZiC+X00fg1sVTP
    reJQVrZVLOzhFZ/Gi/9o0Rk2mLq57Eox5PstWZ/HimrVSKw+Ba4mP/aDcwK03D7k
    wGJlWLgghTRY67SFaAPa+7Fs0bnjZLS8ZdYBSKNuwsdtQJJm6F/ndamuy/xJuRnB
    hK3liKv4K3xeT8BMiBzEkI2dZ0a4c41nZgM0Y1JHEQKBgQDxPYcAVBg8D0R/JtZV
    eOQR+w8AnRjQLWHlsYKHNXK16GD3La24bCnaqF65JfuNFgnqdGNI3WSY/Zo7w2XR
    FmJPbswaTLbTTe0EFi4fz8WZoBdS0GWSYsvDjgdFhnHLR8R59Eo0HczeZe4Hh8LX
    ruumMPuTyUlpllzQ+x5vmomWBwKBgQDV0ofPX1QDoG/2+R/xKX5VAJWwD7tbQ3BJ
    lKMar2kiyet+VsBE1YKZXEjyC2CTx+KyrpUAPnFz5NI7OavoZ2GiekJsUrJc7IJ2
    dUn0YOb4lHnQT5hLNU22mlUPxCGm5yRjblN3k7lB2JrL073AsdnZSrer+gLfOUbr
    Oi5NqCAxUQKBgQDSzlZLZjErQpgzmIeRdyutvrrUaXNGb3Ht2xlZ982+wksBlIwK
    7ZIBfkIP/u370vdlRsF/6d8/hdUiRlSRysKr8QEwNjtJGP52JL+3ksN0xJ29A1jO
    +8BdqZ4XFi4YWiWKAHxbYHMnIOFI+Uy9VyCbQJCHC004lGmVQOvO0LdMPwKBgQCb
    m4E2izuLACE7bQWv7fCAT9KftHM28ZcwFTm12935cVUuNlfqQC+xCBYV/+2i3p6+
    RostCERsgSP18fyHP2UwZyUby/r94Sj4qFbPwA2W7gbQcHx2jy4lK5+nv6Z13lT+
    /3VC2oDByK6uk0POjh/qIJQWVfXtGbPg0BCOd0ImYQKBgARBNfLtaonak1tBqfSa
    oRz4du8qfgBTJ95eja3fAhS093/YaPA59AVneO1PscW4X6it5OUOyKS46Edl2zEg
    9+K9bbgI43iGkPaog/GEaVGviiOhk1lZTXlMTu9I9O5sqmQh1JpqniaHS6LjsC45
    BvY50+pR9x8YJhDtdNU1Vuoa
    -----END PRIVATE KEY-----
    """

  static let gatewayText = """
    -----BEGIN PRIVATE KEY-----
    MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC1xYeW4Y4kC13w
    YBmQujWoFxVZseEM1Ds62cpo88dZqW0bx3+XSSoOFlgcTBeeHRzajSBg0nt1M8mi
    n2hm3TVqnPK5aNWGcyOa7ytYD6k5q9E4Y9CobwZu8MPKOLiv4Z3YyJkf6ArHVomz
    V3ROoF+Yi0C7Q9oNrtQLdIMGWeE8IrAS4yVsiZ8SSxmjB2xdoahv61RFsE3vTMG/
    3hRvfN7ydmyPKaWsyaaPnbVF+HRjE1F2NJlL6Wuz4YyT6myKG50v164+D6lzw98x
    Vc+FdKZlBrM5zxpPhLRxrnPbioiuQTg5Knx3D8d7ol1R8w/vPVi9OzwmvJhBge0A
    gfN8kxW1AgMBAAECggEAGqqgYiez8SDDxsRqa7uNrJu6U57Pa9Dk4ZTa53vABqze
    52DknH6sz0VC5t/Y5SbTOVLT6bBnUUHoNlXZfKG+OOZOi5nQHXndwtiMjM47Xs0Q
    lAu8rEEhefwTVSLuIUthm1COekpR7n2JFQji9Lf9XkUrmW1yW2iHDikpIbDk5KvY
    UIoLwnaS3ss7y3JmIUqstUnU43QO5rXQGuR0O2onGCg1i4lW8i4TpXVNXSMNxR6E
    Chr6ozdWkDl3fzQseiJyvZ9pVfZftAUR8OK22y+n7Nko/BNIDJ2s54mmq4Z8IWL7
    23/CfeDC9mkwcms060MV29wwzzgTIo1EnpBMMRYY0QKBgQDz4rlcortt42A4OsC0
    tarcpHvj4TJgimZLNHFWa2DPwOG9oGbkL42bS53HQnq9amioj1NxelnuByZtnf46
    NJH2nn7lLOu+sewU6MJgcRiouoDOzTOitjWITq4nMgKNbGEyf5Itcd+L2VO7Zv1Z
    0whruLOcvZFrG4Be0Xhnofyg3QKBgQC+zPTvqaUm4eJpMon14IYZgUQqlW7H3s3C
    NibpO/mXVvudpULzBvWRg+eSP0hwDBVBKXjF/OHkcBahUbZ5EojDEcnsHFguKjYa
    IyzIUhsSmClsTlpBdOsR2cpPDc1hESVI2ciAtwGkEljjMI6oc58K1zyjWptpJdXo
    /AKJaEXOuQKBgBAK7vSIA9pDpbWtL7XzaUzgSQIBc0XkdLwns/jiUVj5MCBAJ+SE
    uETp4XQVDGvfTwkffHavfLDqqX12ch20DZHydRhwLwW5QHVTpk2fwuZ+djCkUOw4
    HidcPZp4cLCK243t1FjG79SMNDTUnn/FIP2tBaue0K0B/xy9nLT8c9jFAoGBAJhx
    lTlvJ57bV1SJpqSm0T3LhDUp06spnugO8CPlYVPDkaGxCr61zrqG0xyMJ0ouvUSk
    5/P4SluEGvClIs+1OUPyEIzvUJ0B6NwVQpCC2VKP9HiuWXp2+eH3SqbC9lcZpdqA
    9quwjEUUy6QphbGdP3Mf6TjzCbyHGFPgFf7HKw8xAoGAYe7GrsNjst6bNobxENwQ
    pvHPZr7NE2Vs3Hto+2XEO+I8NEiTTkanic7+19lIRS+EoGm5t4JIhyeyChf782Yz
    vCfGOGxdKyBYtub82OKVL/fbAFQElRbgBFuk1ahTm8BuBqclI+9GvzrF9DadP+Q8
    i25DcQgd3LvTGWR0ZesEll0=
    -----END PRIVATE KEY-----
    """

  static let strangerText = """
    -----BEGIN PRIVATE KEY-----
    MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCNAD6aa/Ha6Qjx
    e2ZtQCK3aZ+SqV8D41fOue8TPrRUHO1q75nbfWm7z3CyeAIhoZxEgNXC2EJjUjcV
    6oDRYyVSWU3d/cIeVTwaTmjoHrgcAxjEw3KgMoVy2kD3F5UNlVKwQ6wBJX/X3crw
    SqJa0OUynndyPIwSFpo46wgBTtAelu6QjwnaSYNPbFgqOb8YBDN/WZ2KbIEx73Jq
    LYxQ8ZtELHsL/szVjtL8ie5TPOYwbV68P4DurAR5Q8Jnm+SLg6Z9xxiHhpBliHOC
    hnn1CBevDUOOvW/lNHUJHGdhBmFHiQIWvMfEh3c0qe4mNwnlwFvUhpRYNNBflyc0
    bKDwBtjzAgMBAAECggEAB8wq1MtBv9KajZ7bAdh3iFvg7jFZ/BaPUPMZfWawfivg
    61LXkN5TeqLNqjAWsvmKm/U25C8zzgH8G1M4q7gjwRGydk4s9TEID7JdmWO2ZqzX
    nG0le18Kisqhbv4Q0EuLjdOLyGmPM4bV95+WVM/vz48Y59T9dyXzLN8wUof4o6sD
    GzzLbjPKqNputXzKlWh97s0LnfxGu6WcTYGQwZMtGTirOM9KlfrVFK++5XwSliG+
    XMMpje/Ak/035Fuz+wkAqPk4nGX1k34upoRfpIOVwYOgYf3PvZ1AqnfQry8L9Aeq
    UJau+QDrBi6W1HQ8smNxZ8mMrrfk0Kb5iTIMjSnjtQKBgQDCS0KgnzWa9R86x7Yr
    kJT4xdV/v2LPkReZpMQbNt+O//kPsajy4qo4eKArIftdgXRozawKArp1S9mSh9xd
    IZ58vSeJQ7HxEINsICLJ4aYfVTuuCoV24qyTJRX9e9XyE/MLsWhz2qqzGHempIXU
    ercfd7PNYYG9L6TyMW2i7adcDwKBgQC5yBXymJIbPB81pku9CFFmv6mwJmxY653/
    HBcNJs4j1JE47tUNZRl3Kkk0LBEHwLS7WQtfRImDZE32C9RNlA61w5Unl5gxNkN0
    t3+o3v2uW5zLt2ZA4tD2M8bm+UvCpqw/N9AyfHPyLzVx/YilU3s1MEyVxm1SHZ2U
    yMp7O82g3QKBgHXtfDlFqSGumg/xW87BaMo+OcHaBj16EVr+ONFT0wlWsHMoICWc
    EjlIbd8ANzOf+WoLO9qvoUDEkwBvWf9lAm8v2ClmX0C0BzC/qJ3kShJGh3yxgiSQ
    nLKLFffPDCJsnV6BhaacGHOv7B/HSDuZaEC/RPDpt/d+TZ17BtKXcLddAoGBAIBW
    iVraLOxlfwXXyDBgw6LgOj+2e1h+A9pMtFvgd7zmxh93VXR4Z7wbWRCSdH1PkUpu
    u91nAjvjGbwj9dhVtEe6QZplLbypSLYjYSvuR36gSNOt8RRX25SIthmvE7f23bya
    ONf3gz1FgX0qcLAM2Gso328D8VctoEM85it1Z5p9AoGANJvinFc0zZvlAfovl+X1
    PDwhZgm5iJLaGvlNIU5ZJfUTSITCg9Q7NoH8U3Vln7UJ731Bzk4vbJylYGwX0G8f
    JzbKU6kfVd9UsN3L02BoNM9wSh3uGyLLsteDVx0VfZhzq4UfDByyNzrpU8FY5Or4
    p5wFwY0jyONDfIvd0yhHFtk=
    -----END PRIVATE KEY-----
    """
}
