# kiezpost gazetteer: takes open data, whatever the files are called; replaces a kind in one step; finds addresses.
. "$(dirname "$0")/../support/tap.sh"
D=$TEST_TMP/d
new_district "$D" || { echo "not ok 1 - a district for the test"; exit 1; }
kp() { "$KIEZPOST" "$@"; }
cd "$TEST_TMP" || exit 1

cat >regions.json <<'JSON'
{"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"no":"01","name":"Nordend"},"geometry":{"type":"Polygon","coordinates":[[[13.50,52.50],[13.51,52.50],[13.51,52.51],[13.50,52.51],[13.50,52.50]]]}},
 {"type":"Feature","properties":{"no":"02","name":"Südend"},"geometry":{"type":"MultiPolygon","coordinates":[[[[13.50,52.49],[13.51,52.49],[13.51,52.50],[13.50,52.50],[13.50,52.49]]]]}}]}
JSON
# a byte order mark, CRLF, quoted fields, columns in another order and one more
printf '\xef\xbb\xbfhouse_from,house_to,street,postcode,locality,region,remark,lat,lon,precision\r\n1,60,Baumallee,12901,Nordend,Nordend,"a ""big"", old one",52.501,13.501,street\r\n61,120,Baumallee,12901,Nordend,Südend,,52.495,13.501,street\r\n\r\n1,34,"Siemensstraße",12901,Nordend,Nordend,,52.502,13.502,area\r\n' >s.csv
printf 'name,kind,street,house,postcode,locality,region,lat,lon\n"Kita ""Bunte, Welt""",Kita,Baumallee,12,12901,Nordend,Nordend,52.5011,13.5011\n' >p.csv

text=$(kp gazetteer import p.csv s.csv regions.json 2>&1)
is "regions, streets and places are taken, in any order" "$?" 0
like "and counted" "$text" "2 regions from regions.json.*3 parts of streets from s.csv.*1 places from p.csv."
like "a street is found by its number" "$(kp gazetteer find Baumallee 70)" "100  Baumallee 70*Südend*52.49500, 13.50100*street"
like "a known house is an address" "$(kp gazetteer find 'baumallee 12')" "*Nordend*52.50110, 13.50110*address"
like "with a typo" "$(kp gazetteer find Siemenstr)" "*Siemensstraße*Nordend*area"
like "a place by the name in its quotation marks" "$(kp gazetteer find Bunte Welt)" "*Bunte, Welt*Nordend*address"
like "as JSON" "$(kp gazetteer find Baumallee 70 --json)" '*"name" : "Baumallee"*"house" : 70*"region" : "Südend"*"score" : 100*'
like "nothing is nothing" "$(kp gazetteer find Xyzweg 3 2>&1)" "The gazetteer knows nothing like*"
is "and nothing as JSON is an empty array" "$(kp gazetteer find Xyzweg 3 --json | tr -d ' \n')" "[]"
like "a landmark of the shipped district is known without any import" "$(kp gazetteer find Rathaus Köpenick)" "100  Rathaus Köpenick*"

mail a@post.example maengel@kiez.example Laterne "In der Baumallee 70 ist die Laterne aus." >mail.eml
text=$(kp explain --to maengel@kiez.example mail.eml)
like "a mail is read with it" "$text" '*"text" : "Baumallee 70"*"region" : "Südend"*'

printf 'street,house_from,house_to,postcode,locality,region,lat,lon,precision\nNeuer Damm,1,9,12901,Nordend,Nordend,52.503,13.503,street\n' >new.csv
like "importing again replaces" "$(kp gazetteer import new.csv 2>&1)" "1 parts of streets from new.csv."
like "the old rows are gone" "$(kp gazetteer find Baumallee 70 2>&1)" "The gazetteer knows nothing*"
like "other kinds stay" "$(kp gazetteer find Bunte Welt)" "*Bunte, Welt*"

printf 'street,house_from,house_to,lat,lon\nA-Weg,1,9,52.5,13.5\nB-Weg,1,x,52.5,13.5\n' >bad.csv
is "a wrong number is bad input" "$(status_of kp gazetteer import bad.csv)" 65
like "and the line is named" "$(cat .last)" "*bad.csv, line 3: \"x\" is no house number*"
like "what was there is still there" "$(kp gazetteer find Neuer Damm 3)" "100  Neuer Damm 3*"
printf 'name,lat,lon\nX,52.5\n' >short.csv
is "a short line is bad input" "$(status_of kp gazetteer import short.csv)" 65
like "and named too" "$(cat .last)" "*short.csv, line 2: 2 fields, where the first line names 3*"
printf 'name,lat,lon\n"X,52.5,13\n' >open.csv
is "an open quotation mark is bad input" "$(status_of kp gazetteer import open.csv)" 65
printf 'a,b\n1,2\n' >other.csv
is "any other table is bad input" "$(status_of kp gazetteer import other.csv)" 65
printf '{"type":"FeatureCollection","features":[{"properties":{"name":"X"},"geometry":{"type":"Point","coordinates":[13,52]}}]}' >point.json
is "a region that is a point is bad input" "$(status_of kp gazetteer import point.json)" 65
printf '{"features":[' >broken.json
is "broken JSON is bad input" "$(status_of kp gazetteer import broken.json)" 65
is "a missing file is bad input" "$(status_of kp gazetteer import nirgends.csv)" 65
is "two files of one kind are a usage error" "$(status_of kp gazetteer import s.csv new.csv)" 64
is "no file is a usage error" "$(status_of kp gazetteer import)" 64
is "no text is a usage error" "$(status_of kp gazetteer find)" 64
is "no such form is a usage error" "$(status_of kp gazetteer weed x)" 64

data=$ROOT/../shared/data/treptow-koepenick
if [ -e "$data/streets.csv" ]; then
  like "a whole district is imported" "$(kp gazetteer import "$data/regions.geojson" "$data/streets.csv" "$data/places.csv" 2>&1)" "20 regions*parts of streets*places*"
  while IFS='|' read -r what region; do
    like "$what is in $region" "$(kp gazetteer find "$what")" "*	$region	*"
  done <<'CASES'
Siemenstr|Oberschöneweide
Schnellerstr. 127|Niederschöneweide
Dammweg 205|Plänterwald
Sophie-Brahe-Gemeinschaftschule|Plänterwald
S-Bhf Adlershof|Adlershof
Adlergestel 780|Schmöckwitz/Karolinenhof/Rauchfangswerder
CASES
else
  skip "a whole district is imported" "data: ../shared/data is not beside the project"
fi
done_testing
