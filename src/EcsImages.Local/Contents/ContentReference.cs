namespace EcsImages.Local.Contents;

/// <summary>A column that holds ids of contents and so keeps them. It needs an index, or each collection scans its table.</summary>
internal sealed record ContentReference
{
    public ContentReference(string table, string column)
    {
        // The names become part of a statement.
        if (!IsName(table) || !IsName(column)) throw new ArgumentException($"'{table}.{column}' is not a plain table and column name.");
        (Table, Column) = (table, column);
    }

    public string Table { get; }

    public string Column { get; }

    private static bool IsName(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
