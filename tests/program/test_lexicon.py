"""A user's own rows of names: laid over the shipped ones, checked, added to, compared, imported from Wikidata."""
import bz2
import gzip
import json

import pytest

HEADS = {
    "parties": "id\tname\taliases\tdemonyms\tcapital\tmetonyms",
    "persons": "id\tname\taliases\twikidata\tterms",
}


def write(folder, table, *rows):
    folder.mkdir(exist_ok=True)
    (folder / f"{table}.tsv").write_text("# own\n" + HEADS[table] + "\n" + "".join(row + "\n" for row in rows))


def actors(demarche, lexicon, text):
    out = demarche.ok(*(["--lexicon", str(lexicon)] if lexicon else []), "read", "--input", "jsonl", "-", stdin=json.dumps({"id": "r", "text": text, "date": "2024-05-02"}).encode() + b"\n")
    record = json.loads(out)
    return {a["name"]: (a["party"], a["sector"]) for a in record["actors"]}, record["producer"]["lexicon"]


def test_rows_stand_over_the_shipped_ones(demarche, tmp_path):
    text = "Ruritania said on Thursday that Otto Falkenrath would go to Strelsau."
    before, hash_before = actors(demarche, None, text)
    assert not any(party == "RUR" for party, _ in before.values())
    write(tmp_path / "mine", "parties", "RUR\tRuritania\t\tRuritanian\tStrelsau\t")
    write(tmp_path / "mine", "persons", "otto-falkenrath\tOtto Falkenrath\t\t\tRUR|foreign_minister|2020-01-01||Foreign Minister|own")
    after, hash_after = actors(demarche, tmp_path / "mine", text)
    assert after["Ruritania"] == ("RUR", "GOV") and after["Otto Falkenrath"] == ("RUR", "GOV")
    assert hash_after != hash_before and hash_after.startswith(hash_before)


@pytest.mark.parametrize("row, why", [
    ("RURI\tRuritania\t\t\t\t", "a party's id has three letters"),
    ("RUR\t\t\t\t\t", "the name is empty"),
    ("RUR\tRuritania", "has 2 cells, not 6"),
])
def test_a_broken_row_stops_the_start_with_file_line_and_caret(demarche, tmp_path, row, why):
    write(tmp_path / "mine", "parties", "QQQ\tQuivira\t\t\t\t", row)
    for command in (["lexicon", "check"], ["read", str(tmp_path)]):
        done = demarche.run("--lexicon", str(tmp_path / "mine"), *command)
        assert done.returncode == 1 and f"parties.tsv:4: {why}" in done.stderr.decode() and done.stderr.rstrip().endswith(b"^")


def test_a_misspelt_table_and_a_missing_folder_stop_the_start(demarche, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "person.tsv").write_text("id\n")
    assert "person.tsv: no table of this name" in demarche.run("--lexicon", tmp_path / "mine", "lexicon", "check").stderr.decode()
    assert "cannot read the lexicon folder" in demarche.run("--lexicon", tmp_path / "none", "lexicon", "check").stderr.decode()
    # the folder may stand behind the command
    assert "person.tsv: no table of this name" in demarche.run("lexicon", "check", tmp_path / "mine").stderr.decode()
    assert "is no folder; give the folder that holds your rows" in demarche.run("lexicon", "check", tmp_path / "none").stderr.decode()
    assert "two lexicons" in demarche.run("--lexicon", tmp_path, "lexicon", "check", tmp_path / "mine").stderr.decode()


def test_check_finds_what_can_never_work(demarche, tmp_path):
    write(tmp_path / "mine", "persons", "otto\tOtto Falkenrath\t\t\tXX|foreign_minster|2020|2019|Foreign Minister|own")
    done = demarche.run("--lexicon", str(tmp_path / "mine"), "lexicon", "check")
    assert done.returncode == 1
    for why in ("is the id of no party", "of the office class \"foreign_minster\"", "before it begins", "looked up by their id"):
        assert why in done.stdout.decode()
    shipped = demarche.run("lexicon", "check")
    assert shipped.returncode == 0 and b"0 errors" in shipped.stdout


def test_add_makes_and_changes_rows(demarche, tmp_path):
    own = ["--lexicon", str(tmp_path / "mine"), "lexicon"]
    demarche.ok(*own, "add", "groups", "name=Ruritanian Liberation Front", "aliases=RLF", "party=RLF", "country=MLI", "sector=REB", "kind=armed_group")
    demarche.ok(*own, "add", "groups", "id=ruritanian-liberation-front", "aliases+=the Front?")
    demarche.ok(*own, "add", "parties", "id=USA", "aliases+=Uncle Sam")
    rows = (tmp_path / "mine" / "groups.tsv").read_text().splitlines()
    assert rows[-1] == "ruritanian-liberation-front\tRuritanian Liberation Front\tRLF; the Front?\tRLF\tMLI\tREB\tarmed_group"
    assert "United States\t" in (tmp_path / "mine" / "parties.tsv").read_text()
    before = (tmp_path / "mine" / "groups.tsv").read_bytes()
    for bad in (["groups", "name=X", "party="], ["groups", "colour=red"], ["groups", "name"], ["parties", "name=Nowhere"]):
        assert demarche.run(*own, "add", *bad).returncode == 1
    assert (tmp_path / "mine" / "groups.tsv").read_bytes() == before
    assert "0 errors" in demarche.ok(*own, "check")
    assert actors(demarche, tmp_path / "mine", "The RLF said it would fight.")[0]["Ruritanian Liberation Front"] == ("RLF", "REB")


def test_diff_prints_what_changes(demarche, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text("Uncle Sam warned Iran on Tuesday.\n")
    demarche.ok("--lexicon", str(tmp_path / "mine"), "lexicon", "add", "parties", "id=USA", "aliases+=Uncle Sam")
    out = demarche.ok("--lexicon", str(tmp_path / "mine"), "lexicon", "diff", "--date", "2020-01-08", str(report))
    assert "+ USA GOV United States" in out and "1 of 1 report changed" in out
    report.write_text("Washington warned Iran on Tuesday.\n")
    assert "0 of 1 report changed" in demarche.ok("--lexicon", str(tmp_path / "mine"), "lexicon", "diff", str(report))


def entity(item, label, **claims):
    def snak(value):
        return {"datavalue": {"value": value}}

    def value(v):
        return {"id": v} if isinstance(v, str) and v.startswith("Q") else v

    out = {"id": item, "labels": {"en": {"value": label}}, "aliases": {"en": [{"value": "Otto von Falkenrath"}, {"value": "Otto"}]}, "claims": {}}
    for prop, values in claims.items():
        out["claims"][prop] = [
            {"mainsnak": snak(value(v[0] if isinstance(v, tuple) else v)), "rank": "normal",
             "qualifiers": {q: [snak({"time": t, "precision": 11})] for q, t in zip(("P580", "P582"), v[1:]) if t} if isinstance(v, tuple) else {}}
            for v in values]
    return json.dumps(out)


DUMP = "[\n" + ",\n".join([
    entity("Q901", "Otto Falkenrath", P39=[("Q801", "+2011-02-03T00:00:00Z", "+2013-01-01T00:00:00Z"), ("Q802", "+2014-01-01T00:00:00Z", None), ("Q803", "+2015-01-01T00:00:00Z", None)]),
    entity("Q801", "Minister of Foreign Affairs of Mongolia", P1001=["Q711"]),
    entity("Q802", "President of the Mongolian Chess Federation", P17=["Q711"]),
    entity("Q803", "Prime Minister of Mongolia", P17=["Q711"]),
    entity("Q711", "Mongolia", P298=["MNG"], P17=["Q711"]),
    "{\"id\": \"Q5\", broken \"P39\" \"P17\" inister",
]) + "\n]\n"


@pytest.mark.parametrize("name, pack", [("dump.json", lambda b: b), ("dump.json.gz", gzip.compress), ("dump.json.bz2", bz2.compress)])
def test_import_takes_office_holders_of_a_dump(demarche, tmp_path, name, pack):
    (tmp_path / name).write_bytes(pack(DUMP.encode()))
    out = demarche.ok("--lexicon", str(tmp_path / "mine"), "lexicon", "import", "--wikidata", str(tmp_path / name))
    assert "1 persons with 2 terms" in out and "1 of them unreadable" in out
    row = (tmp_path / "mine" / "persons.tsv").read_text().splitlines()[-1].split("\t")
    assert row == ["otto-falkenrath", "Otto Falkenrath", "Otto von Falkenrath", "Q901",
                   "MNG|foreign_minister|2011-02-03|2013-01-01|Minister of Foreign Affairs of Mongolia|wikidata; MNG|head_of_government|2015-01-01||Prime Minister of Mongolia|wikidata"]
    assert actors(demarche, tmp_path / "mine", "Otto Falkenrath spoke on Thursday.")[0]["Otto Falkenrath"] == ("MNG", "GOV")


def test_import_takes_the_results_of_a_query(demarche, tmp_path):
    binding = {"person": {"value": "http://www.wikidata.org/entity/Q901"}, "personLabel": {"value": "Otto Falkenrath"}, "iso": {"value": "MNG"},
               "positionLabel": {"value": "Prime Minister of Mongolia"}, "start": {"value": "2015-01-01T00:00:00Z"}}
    results = tmp_path / "results.json"
    results.write_text(json.dumps({"head": {"vars": list(binding)}, "results": {"bindings": [binding, {"person": {"value": "x"}}]}}))
    assert "1 persons with 1 terms" in demarche.ok("--lexicon", str(tmp_path / "mine"), "lexicon", "import", "--results", str(results))
    for broken in ("{", "[]", "{\"results\": " + "[" * 100000):
        results.write_text(broken)
        done = demarche.run("--lexicon", str(tmp_path / "other"), "lexicon", "import", "--results", str(results))
        assert done.returncode == 1 and b"demarche:" in done.stderr
