/** What is tried first, in Vietnam and elsewhere: NIST SP 800-63B-4 asks to compare with such a list. Lower case, without marks. */
export const guessedPasswords: ReadonlySet<string> = new Set(`
12345678 123456789 1234567890 0123456789 0987654321 987654321 87654321 11111111 111111111 1111111111 00000000 000000000 22222222 66666666 77777777 88888888 99999999
12341234 11223344 12121212 123123123 123321123 112233445566 123454321 147258369 159357456 789456123 741852963 1q2w3e4r 1q2w3e4r5t q1w2e3r4 1qaz2wsx 1qazxsw2 zaq12wsx qazwsxedc
qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwertyuiop123 asdfghjk asdfghjkl asdf1234 zxcvbnm1 abcd1234 abcdefgh abc12345 abc123456 a1234567 a12345678 a123456789 aa123456 aaaaaaaa
password password1 password12 password123 password1234 p@ssw0rd p@ssword passw0rd pass1234 pass12345 admin123 admin1234 admin12345 adminadmin administrator root1234 letmein1 welcome1 welcome123 changeme changeme1
iloveyou iloveyou1 princess sunshine football baseball superman michael1 trustno1 computer internet whatever starwars dragon123 monkey123 master123 shadow123 secret123 login123 user1234 test1234 testtest guest123
matkhau1 matkhau12 matkhau123 matkhau1234 matkhaumoi matkhau@123 vietnam1 vietnam12 vietnam123 vietnam1945 vietnam1975 vietnam2025 vietnam2026 hanoi123 hanoi1010 saigon123 saigon1975 gialai123 pleiku123 quynhon123 danang123 hochiminh hochiminh123
chinhphu chinhphu123 uybannhandan ubnd1234 ubnd12345 motcua123 motcua1234 dichvucong dichvucong123 congchuc congchuc123 canbo123 canbo1234 lanhdao123 quantri123 hanhchinh hanhchinhcong thutuchanhchinh
anhyeuem anhyeuem1 emyeuanh yeuanh123 yeuem123 tinhyeu1 khongbiet khongbiet123 taikhoan taikhoan123 nguyenvan nguyenvana nguyenthi congan113 congan123 baohiem123 baohiemxahoi abc@1234 abc@12345 abcd@1234 admin@123 admin@1234 admin@12345 aa@123456 a@123456 123456aa 123456aA@ 123456@a 123456@abc
`.trim().split(/\s+/).map((word) => word.toLowerCase()))
