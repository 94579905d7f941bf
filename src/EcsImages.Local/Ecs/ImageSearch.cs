using System.Text;
using EcsImages.Core.Images.Compatibility;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Pages over own images, then shared ones, then those of the catalog; within each the newest first.</summary>
/// <remarks>The service does not say in which order it lists; this one lets a page be found without reading the ones before.</remarks>
internal sealed class ImageSearch
{
    private readonly Call _call;
    private readonly Session _store;
    private readonly ImageQuery _query;
    private readonly List<(string Name, object? Value)> _values = [];
    private readonly IReadOnlyList<string> _statuses;
    private readonly string _where;
    private readonly bool _plain;

    public ImageSearch(Call call, Session store, ImageQuery query)
    {
        (_call, _store, _query) = (call, store, query);
        // Of a row its state alone tells whether it is usable.
        _statuses = query.Usable is not { } usable ? query.Statuses : [.. query.Statuses.Where(s => StatusRule.Launches(s) == usable)];
        _where = Where(out _plain);
    }

    public (int Total, List<Image> Page) Find(Paging paging)
    {
        var page = new List<Image>();
        var (total, skip) = (0, paging.Offset);
        foreach (var (count, read) in Sources())
        {
            total += count;
            var wanted = paging.Size - page.Count;
            if (wanted > 0 && skip < count) page.AddRange(read(skip, wanted));
            skip = Math.Max(0, skip - count);
        }
        return (total, page);
    }

    private IEnumerable<(int Count, Func<int, int, IEnumerable<Image>> Read)> Sources()
    {
        if (_query.Nothing) yield break;
        if (_query.Alias is null or "self") yield return Rows("account = $account AND region = $region", own: true);
        if (_query.Alias is null || (_query.Alias == "others" && !_query.Community))
            yield return Rows("region = $region AND id IN (SELECT image FROM image_share WHERE account = $account AND region = $region)", own: false);
        if (_query.Community) yield return Rows("region = $region AND is_public = 1 AND account <> $account", own: false);
        if (_query.Alias is "self" || (_query.Alias == "others" && !_query.Community)) yield break;
        var alias = _query.Community ? "" : _query.Alias ?? "system";
        var images = CatalogImages.In(_call.RegionId).Where(i => i.CatalogAlias == alias && _query.Accepts(i) && UsageFits(i)).ToArray();
        yield return (images.Length, (skip, take) => images.Skip(skip).Take(take));
    }

    private bool UsageFits(Image image) => _query.Usage is null || ImageJson.IsUsed(_store, _call.Account, image.Id) == (_query.Usage == "instance");

    private (int, Func<int, int, IEnumerable<Image>>) Rows(string scope, bool own)
    {
        (string, object?)[] values = [.. _values, ("account", _call.Account), ("region", _call.RegionId), ("now", _call.Now.Milliseconds())];
        var count = own && _plain ? Counted() : (int)_store.Scalar<long>($"SELECT count(*) FROM image WHERE {scope}{_where}", values);
        // The inner query runs over the index alone; only the rows of the page are read.
        return (count, (skip, take) => _store.List(
            $"""
            SELECT * FROM image WHERE key IN (SELECT key FROM image WHERE {scope}{_where} ORDER BY created_at DESC, id LIMIT $take OFFSET $skip)
            ORDER BY created_at DESC, id
            """, ImageRows.Read, [.. values, ("take", take), ("skip", skip)]));
    }

    // Kept counts by outcome, less those whose work is not done, plus these where they are asked for.
    private int Counted()
    {
        var names = string.Join(", ", _statuses.Where(static s => s is not ("Creating" or "Waiting")).Select(static s => $"'{s}'"));
        const string Own = "account = $account AND region = $region";
        return (int)_store.Scalar<long>(
            $"""
            SELECT (SELECT coalesce(sum(images), 0) FROM image_count WHERE {Own} AND outcome IN ({names}))
                 - (SELECT count(*) FROM image INDEXED BY image_pending WHERE {Own} AND ready_at > $now AND outcome IN ({names}))
                 + (SELECT count(*) FROM image INDEXED BY image_pending WHERE {Own} AND ready_at > $now AND {StatusIn(_statuses)})
            """, ("account", _call.Account), ("region", _call.RegionId), ("now", _call.Now.Milliseconds()));
    }

    private string Where(out bool plain)
    {
        var sql = new StringBuilder();
        var statuses = $" AND {StatusIn(_statuses)}";
        And("id", _query.Ids.Count == 0 ? null : _query.Ids, null);
        if (_query.ImageName is { } name)
            And("name", null, name.Contains('*', StringComparison.Ordinal) ? "name GLOB $name" : "instr(name, $name) > 0", Glob(name));
        And("family", null, _query.Family is null ? null : "family = $family", _query.Family);
        And("owner", null, _query.Owner is null ? null : "account = $owner", _query.Owner);
        And("os", null, _query.OsType is null ? null : "os_type = $os", _query.OsType);
        And("architecture", null, _query.Architecture is null ? null : "architecture = $architecture", _query.Architecture);
        And("group", null, _query.ResourceGroup is null ? null : "resource_group = $group", _query.ResourceGroup);
        And("snapshot", null, _query.Snapshot is null ? null : "id IN (SELECT image FROM image_disk WHERE snapshot = $snapshot)", _query.Snapshot);
        And("init", null, _query.CloudInit is null ? null : "cloud_init = $init", _query.CloudInit);
        And("io", null, _query.IoOptimized is null ? null : "io_optimized = $io", _query.IoOptimized);
        And("from", null, _query.From is null ? null : "created_at >= $from", _query.From?.Milliseconds());
        And("until", null, _query.Until is null ? null : "created_at <= $until", _query.Until?.Milliseconds());
        if (_query.Usage is { } usage)
            sql.Append(" AND ").Append(usage == "none" ? "NOT " : "")
                .Append("EXISTS (SELECT 1 FROM instance i WHERE i.account = $account AND i.image = image.id)");
        for (var i = 0; i < _query.Tags.Count; i++)
        {
            var (key, value) = _query.Tags[i];
            And($"value{i}", null, $"EXISTS (SELECT 1 FROM tag t WHERE t.resource = image.id AND t.key = $key{i}{(value is null ? "" : $" AND t.value = $value{i}")})", value);
            _values.Add(($"key{i}", key));
        }
        if (_query.Type is { } type) sql.Append(" AND ").Append(Compatibility.Sql(type));
        plain = sql.Length == 0;
        return statuses + sql;

        void And(string parameter, IReadOnlyList<string>? list, string? condition, object? value = null)
        {
            if (list is not null)
            {
                var names = list.Select((item, i) => { _values.Add(($"{parameter}{i}", item)); return $"${parameter}{i}"; }).ToArray();
                sql.Append(" AND ").Append(parameter).Append(" IN (").AppendJoin(", ", names).Append(')');
            }
            else if (condition is not null)
            {
                sql.Append(" AND ").Append(condition);
                _values.Add((parameter, value));
            }
        }
    }

    // The plus keeps the planner off the index on ready_at: nearly every image is ready, and then it would sort them all.
    internal static string StatusIn(IReadOnlyList<string> statuses)
    {
        if (statuses.Count == 0) return "0";
        if (ImageState.All.All(statuses.Contains)) return "1";
        var either = new List<string>();
        var done = string.Join(", ", statuses.Where(static s => s is not ("Creating" or "Waiting")).Select(static s => $"'{s}'"));
        if (done.Length > 0) either.Add($"(+ready_at <= $now AND outcome IN ({done}))");
        if (statuses.Contains(ImageState.Creating)) either.Add("(+ready_at > $now AND started_at <= $now)");
        if (statuses.Contains(ImageState.Waiting)) either.Add("(+ready_at > $now AND (started_at IS NULL OR started_at > $now))");
        return $"({string.Join(" OR ", either)})";
    }

    // GLOB knows ? and [ too; they are plain characters here.
    private static string Glob(string name) => !name.Contains('*', StringComparison.Ordinal) ? name
        : name.Replace("[", "[[]", StringComparison.Ordinal).Replace("?", "[?]", StringComparison.Ordinal);
}
