#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.1.0' }

# Runs on a real PowerShell, on the staged module and the embedded endpoint: build first, then Invoke-Pester.

BeforeAll {
    Set-StrictMode -Version 3.0
    $ErrorActionPreference = 'Stop'
    $module = Join-Path $PSScriptRoot '..' '..' 'out' 'EcsImage' 'EcsImage.psd1'
    Import-Module (Resolve-Path $module) -Force
    $folder = Join-Path ([IO.Path]::GetTempPath()) "ecsimage-pester-$([guid]::NewGuid().ToString('N'))"
    $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 100
    $public = Get-EcsImage -Family acs:alibaba_cloud_linux_3_2104_lts_x64 -Latest
    $instance = New-EcsInstance -ImageId $public.ImageId -InstanceType ecs.g7.large -Name pester -DataDiskSizeGiB 20 -Wait
    $image = New-EcsCustomImage -InstanceId $instance.InstanceId -Name base -Wait
}

AfterAll {
    Disconnect-EcsAccount -All | Out-Null
    Remove-Item -LiteralPath $folder -Recurse -Force
}

Describe 'The module' {
    It 'exports cmdlets only, each with an approved verb' {
        $commands = Get-Command -Module EcsImage
        $commands.CommandType | Sort-Object -Unique | Should -Be 'Cmdlet'
        $approved = (Get-Verb).Verb
        $commands.Verb | Sort-Object -Unique | ForEach-Object { $_ | Should -BeIn $approved }
    }

    It 'imports by its manifest without errors' {
        Test-ModuleManifest (Resolve-Path $module) -ErrorAction Stop | Should -Not -BeNullOrEmpty
    }
}

Describe 'Contexts' {
    It 'tells who one is and where' {
        $context = Get-EcsContext
        $context.AccountId | Should -Match '^\d{16}$'
        $context.RegionId | Should -Be 'cn-hangzhou'
        $context.Endpoint | Should -Match 'local'
        $context.CredentialSource | Should -Not -BeNullOrEmpty
    }

    It 'shows no secret, however it is looked at' {
        ($us | Format-List * -Force | Out-String) | Should -Not -Match 'LTAI'
        ($us | ConvertTo-Json -Depth 5) | Should -Not -Match 'LTAI'
    }
}

Describe 'Get-EcsImage' {
    It 'gives the newest of a family' {
        $all = Get-EcsImage -Family acs:alibaba_cloud_linux_3_2104_lts_x64
        $public.CreationTime | Should -Be ($all.CreationTime | Sort-Object -Descending | Select-Object -First 1)
    }

    It 'stops asking when the pipeline has enough' {
        Get-EcsImage | Select-Object -First 1 | Should -HaveCount 1
    }

    It 'has typed properties' {
        $image.SizeGiB | Should -BeOfType [int]
        $image.CreationTime | Should -BeOfType [DateTimeOffset]
        $image.ImageType | Should -Be 'Custom'
    }

    It 'makes an unknown id an error with the code of the API' {
        Get-EcsImage m-doesnotexist -ErrorAction SilentlyContinue -ErrorVariable failed | Should -BeNullOrEmpty
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'InvalidImageId.NotFound,*'
        $failed[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'makes a wildcard that matches nothing an empty result' {
        Get-EcsImage -Name no-such-name-* -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'looks in several regions, in the order asked for' {
        $regions = (Get-EcsImage -Family acs:ubuntu_24_04_x64 -Latest -RegionId cn-shanghai, cn-beijing).RegionId
        $regions | Should -Be @('cn-shanghai', 'cn-beijing')
    }

    It 'fits a table into 100 columns: every column is there, and nothing that tells an image is cut' {
        $lines = ($image | Format-Table | Out-String -Width 100) -replace '\e\[[\d;]*m' -split '\r?\n' | Where-Object { $_.Trim() }
        ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 100
        -split $lines[0] | Should -Be @('ImageId', 'Name', 'Region', 'Type', 'Arch', 'GiB', 'Status')
        -split $lines[2] | Should -Be @($image.ImageId, 'base', 'cn-hangzhou', 'Custom', 'x86_64', "$($image.SizeGiB)", 'Available')
    }
}

Describe 'Tab' {
    It 'completes <line>' -ForEach @(
        @{ line = 'Get-EcsImage -RegionId cn-be'; expected = 'cn-beijing' }
        @{ line = 'New-EcsInstance -InstanceType ecs.g7.l'; expected = 'ecs.g7.large' }
        @{ line = 'Set-EcsImage -BootMode UEFI-'; expected = 'UEFI-Preferred' }
    ) {
        # What takes longer than a moment is there on a later Tab; each waits for a moment by itself.
        $until = [DateTime]::UtcNow.AddSeconds(20)
        do { $offered = (TabExpansion2 $line $line.Length).CompletionMatches | ForEach-Object CompletionText }
        until ($offered -contains $expected -or [DateTime]::UtcNow -gt $until)
        $offered | Should -Contain $expected
    }
}

Describe 'Changing an image' {
    It 'changes only what is said' {
        $changed = $image | Set-EcsImage -Description 'only this'
        $changed.Description | Should -Be 'only this'
        $changed.Name | Should -Be 'base'
    }

    It 'adds and removes tags' {
        ($image | Add-EcsImageTag -Tag @{ team = 'web' }).Tags['team'] | Should -Be 'web'
        (Get-EcsImage -Tag @{ team = 'web' }).ImageId | Should -Be $image.ImageId
        ($image | Remove-EcsImageTag -TagKey team).Tags.Keys | Should -Not -Contain 'team'
    }

    It 'changes nothing with -WhatIf' {
        $image | Set-EcsImage -Name other -WhatIf | Should -BeNullOrEmpty
        (Get-EcsImage $image.ImageId).Name | Should -Be 'base'
    }

    It 'refuses 40GB, and says what to write' {
        { New-EcsInstance $public ecs.g7.large -SizeGiB 40GB } | Should -Throw '*Write 40*'
    }
}

Describe 'Copying and sharing' {
    It 'copies to several regions and waits for all' {
        $copies = $image | Copy-EcsImage -DestinationRegionId cn-beijing, cn-shanghai -Wait
        $copies | Should -HaveCount 2
        $copies.Status | Sort-Object -Unique | Should -Be 'Available'
        $copies.RegionId | Sort-Object | Should -Be @('cn-beijing', 'cn-shanghai')
    }

    It 'acts as the account that saw an object' {
        $them = Connect-EcsAccount -Local -Path $folder -Account them -RegionId cn-hangzhou -Speed 100
        try {
            $image | Add-EcsImageShare -AccountId $them.AccountId | Should -HaveCount 1
            $shared = Get-EcsImage -ImageType Shared -Context $them
            $shared.ImageId | Should -Be $image.ImageId
            $theirs = $shared | New-EcsInstance -InstanceType ecs.g7.large -Wait
            $theirs.ContextAccountId | Should -Be $them.AccountId
            $image | Remove-EcsImageShare -AccountId $them.AccountId -Confirm:$false
            Get-EcsImage -ImageType Shared -Context $them | Should -BeNullOrEmpty
        }
        finally {
            Disconnect-EcsAccount $them | Out-Null
        }
    }

    It 'makes no second image with the same client token' {
        $first = New-EcsCustomImage -InstanceId $instance.InstanceId -Name once -ClientToken pester-1 -Wait
        $second = New-EcsCustomImage -InstanceId $instance.InstanceId -Name once -ClientToken pester-1 -Wait
        $second.ImageId | Should -Be $first.ImageId
    }
}

Describe 'Deleting' {
    It 'says what it would do, and does not' {
        $image | Remove-EcsImage -WhatIf
        Get-EcsImage $image.ImageId | Should -HaveCount 1
    }

    It 'deletes with -Confirm:$false' {
        $gone = New-EcsCustomImage -InstanceId $instance.InstanceId -Name gone -Wait
        $gone | Remove-EcsImage -Confirm:$false
        { Get-EcsImage $gone.ImageId -ErrorAction Stop } | Should -Throw
    }

    It 'refuses an image that is shared, with the code of the API' {
        $kept = New-EcsCustomImage -InstanceId $instance.InstanceId -Name kept -Wait
        $them = Connect-EcsAccount -Local -Path $folder -Account them -RegionId cn-hangzhou -Speed 100
        $kept | Add-EcsImageShare -AccountId $them.AccountId | Out-Null
        $kept | Remove-EcsImage -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ImageUseShared,*'
        Disconnect-EcsAccount $them | Out-Null
    }
}

Describe 'ForEach-Object -Parallel' {
    It 'works with a context that is handed in' {
        $context = $us
        $found = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:module
            Get-EcsImage $using:image.ImageId -Context $using:context
        }
        $found | Should -HaveCount 4
    }
}
